#!/usr/bin/env bash
# Installs what Catamaran needs from Debian's packages, as far as it is missing; elsewhere says what to install.
# usage: system-packages.sh GROUP...   (run: to run images; test: what the tests need besides)
set -euo pipefail

case "$(uname -m)" in
  aarch64 | arm64)
    emulator=qemu-x86_64-static
    compilers=("aarch64-linux-gnu-g++:g++" "x86_64-linux-gnu-g++:g++-x86-64-linux-gnu")
    ;;
  *)
    emulator=qemu-aarch64-static
    compilers=("x86_64-linux-gnu-g++:g++" "aarch64-linux-gnu-g++:g++-aarch64-linux-gnu")
    ;;
esac
# Compilers of C come with those of C++, and these bring the C library of their machine along.
compilers+=("arm-linux-gnueabihf-gcc:gcc-arm-linux-gnueabihf" "riscv64-linux-gnu-gcc:gcc-riscv64-linux-gnu"
  "i686-linux-gnu-gcc:gcc-i686-linux-gnu" "musl-gcc:musl-tools")

# command:package
commands=()
for group in "$@"; do
  case "$group" in
    run) commands+=("runc:runc" "$emulator:qemu-user-static" "nsenter:util-linux") ;;
    test)
      commands+=("skopeo:skopeo" "umoci:umoci" "buildah:buildah" "docker-registry:docker-registry" "readelf:binutils"
        "curl:curl" "pg_ctlcluster:postgresql"
        "git:git" "ip:iproute2" "htpasswd:apache2-utils" "openssl:openssl" "xz:xz-utils" "${compilers[@]}")
      ;;
    *)
      echo "system-packages: there is no group \"$group\"; there are: run, test" >&2
      exit 2
      ;;
  esac
done

# Debian keeps runc in /usr/sbin, which is not on everybody's PATH.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
packages=()
for entry in "${commands[@]}"; do
  command -v "${entry%%:*}" > /dev/null || packages+=("${entry##*:}")
done
[ "${#packages[@]}" -gt 0 ] || exit 0

if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing from the distribution: ${packages[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get update -q && apt-get install -y -q --no-install-recommends "${packages[@]}"; } > "$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  cat "$log" >&2
  rm -f "$log"
  exit 1
fi

echo "Missing here: ${packages[*]} (by their Debian names)." >&2
if command -v apt-get > /dev/null; then
  echo "Install them: sudo apt-get install ${packages[*]}" >&2
elif [ "$(uname -s)" = Linux ]; then
  echo "Install them with your package manager; what is looked for on PATH: ${commands[*]%%:*}" >&2
else
  echo "Images are built anywhere, but run under runc, on Linux: use a Linux machine or a virtual one." >&2
fi
# Without what the tests need besides, those tests are skipped; without what runs images, nothing runs.
case " $* " in *" test "*) exit 0 ;; *) exit 1 ;; esac

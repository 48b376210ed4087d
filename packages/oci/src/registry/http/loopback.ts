/**
 * 127.0.0.0/8, ::1 and localhost: what never leaves this machine. Names below localhost are not among them: whoever
 * answers for names may have an address elsewhere for those.
 */
export function isLoopback(host: string): boolean {
  // As an address has it: in lower case, and each IP address in one form.
  const name = new URL(`http://${host}`).hostname;
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** What the corpus is compiled from, by file name. */
export const sources: Readonly<Record<string, string>> = {
  'program.c': '#include <stdio.h>\nint main(void) { return puts("ahoy") < 0; }\n',
  'program.cpp': '#include <iostream>\nint main() { std::cout << "ahoy" << std::endl; }\n',
  'library.c': 'int value(void) { return 7; }\n',
  'outer.c': 'int value(void);\nint outer(void) { return value(); }\n',
  'uses-library.c': 'int value(void);\nint main(void) { return value(); }\n',
  'uses-outer.c': 'int outer(void);\nint main(void) { return outer(); }\n',
  'freestanding.c': 'int value(void) { return 7; }\nvoid _start(void) { for (;;) value(); }\n',
  // A libc and a libstdc++ of tomorrow, with a function each that is not there today.
  'tomorrow.c': 'int tomorrow(void) { return 7; }\n',
  'libc.map': 'GLIBC_2.99 { global: tomorrow; };\n',
  'libstdc++.map': 'GLIBCXX_3.4.99 { global: tomorrow; };\n',
  'uses-tomorrow.c':
    'int tomorrow(void);\nint today(void) { return tomorrow(); }\nint main(void) { return today(); }\n',
  'node-api.c': 'void *napi_register_module_v1(void *env, void *exports) { return exports; }\n',
  'abi.c':
    '#define NAME2(abi) node_register_module_v##abi\n#define NAME(abi) NAME2(abi)\nvoid NAME(ABI)(void) {}\n',
  // Asks for the function that addons have, and has none itself.
  'asks-for-abi.c':
    'void node_register_module_v127(void);\nvoid call(void) { node_register_module_v127(); }\n',
  // What there is to see of Node.js: functions for addons, and what it tells debuggers.
  'node.c': `const char *version = "node.js/v24.21.0";
void napi_module_register(void *module) {}
void node_module_register(void *module) {}
int main(void) { return version[0]; }
`,
};

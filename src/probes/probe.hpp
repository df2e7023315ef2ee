#pragma once

// What the probes have in place of a C library: they run where none may be, or another than this machine's.

namespace nvprov::probe {

#if defined(__x86_64__)

constexpr long read_call = 0;
constexpr long write_call = 1;
constexpr long close_call = 3;
constexpr long setitimer_call = 38;
constexpr long getdents64_call = 217;
constexpr long exit_group_call = 231;
constexpr long openat_call = 257;

inline long system_call(long number, long first, long second = 0, long third = 0, long fourth = 0) {
  register long fourth_register asm("r10") = fourth;
  long result = 0;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(first), "S"(second), "d"(third), "r"(fourth_register)
               : "rcx", "r11", "memory");
  return result;
}

// The kernel starts a program here, with a stack that is aligned as no function expects it.
#define NVPROV_PROBE_START asm(".globl _start\n_start:\n\txor %ebp, %ebp\n\tand $-16, %rsp\n\tcall probe_main\n")

#elif defined(__aarch64__)

constexpr long openat_call = 56;
constexpr long close_call = 57;
constexpr long getdents64_call = 61;
constexpr long read_call = 63;
constexpr long write_call = 64;
constexpr long exit_group_call = 94;
constexpr long setitimer_call = 103;

inline long system_call(long number, long first, long second = 0, long third = 0, long fourth = 0) {
  register long number_register asm("x8") = number;
  register long first_register asm("x0") = first;
  register long second_register asm("x1") = second;
  register long third_register asm("x2") = third;
  register long fourth_register asm("x3") = fourth;
  asm volatile("svc 0"
               : "+r"(first_register)
               : "r"(number_register), "r"(second_register), "r"(third_register), "r"(fourth_register)
               : "memory");
  return first_register;
}

#define NVPROV_PROBE_START asm(".globl _start\n_start:\n\tmov x29, xzr\n\tmov x30, xzr\n\tbl probe_main\n")

#else
#error "the probes are written for x86_64 and aarch64"
#endif

inline long address(const void* place) { return reinterpret_cast<long>(place); }

inline void put(const char* text, long length) { system_call(write_call, 1, address(text), length); }

inline void put(const char* text) {
  long length = 0;
  while (text[length] != '\0') ++length;
  put(text, length);
}

inline void put(int number) {
  char digits[12];
  int first = sizeof digits;
  unsigned rest = number < 0 ? 0U - static_cast<unsigned>(number) : static_cast<unsigned>(number);
  do digits[--first] = static_cast<char>('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) digits[--first] = '-';
  put(digits + first, static_cast<long>(sizeof digits) - first);
}

// The program is ended by SIGALRM if it still runs then.
inline void end_after(long seconds) {
  const long timer[4] = {0, 0, seconds, 0};
  system_call(setitimer_call, 0, address(timer));
}

[[noreturn]] inline void end() {
  for (;;) system_call(exit_group_call, 0);
}

}  // namespace nvprov::probe

// Linked into the portable file alone. glibc loads shared libraries of its own version for each of these, so a static
// program that called them would need the host's glibc. OpenSSL and c-ares name them for work that nvprov never asks of
// them: engines, addresses by BIO, names of services. Here each answers that there is nothing, so that the linker warns
// of none (its warnings are errors) and no part of glibc's name service is in the file. The linker takes __wrap_NAME
// where the libraries say NAME; cmake/static.cmake lists the names.
#include <netdb.h>
#include <openssl/crypto.h>

#include <cerrno>
#include <cstdlib>
#include <exception>

namespace {

// The host's openssl.cnf is for the host's OpenSSL: it may name modules to load, and without them no digest is made.
// What is set first stays.
[[gnu::constructor]] void ignore_openssl_configuration() { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); }

}  // namespace

extern "C" {

void* __wrap_dlopen(const char*, int) { return nullptr; }
int __wrap_getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) { return EAI_FAIL; }
void __wrap_freeaddrinfo(addrinfo*) {}
int __wrap_getnameinfo(const sockaddr*, socklen_t, char*, socklen_t, char*, socklen_t, int) { return EAI_FAIL; }
hostent* __wrap_gethostbyname(const char*) { return nullptr; }
servent* __wrap_getservbyname(const char*, const char*) { return nullptr; }
int __wrap_getservbyport_r(int, const char*, servent*, char*, size_t, servent** found) {
  *found = nullptr;
  return ENOENT;
}

// A static program tells the unwinder at its start of all its frames, and the first exception then sorts them, which
// takes 8 ms. Told of none, the unwinder takes the linker's sorted table (--eh-frame-hdr).
void __wrap___register_frame_info(const void*, void*) {}
void* __wrap___deregister_frame_info(const void*) { return nullptr; }

// OpenSSL's words for what fails in its ciphers, keys and encodings, which no message of nvprov's has: those of
// TLS connections and certificates are elsewhere, and stay. What is left out shows as its number.
int __wrap_ossl_err_load_crypto_strings() { return 1; }

// Ciphers by name, which is how programs of before OpenSSL 3 asked for them: TLS fetches its own. Engines are modules
// to load.
void __wrap_openssl_add_all_ciphers_int() {}
void __wrap_engine_load_afalg_int() {}
void __wrap_engine_load_dynamic_int() {}
void __wrap_engine_load_openssl_int() {}
void __wrap_engine_load_padlock_int() {}

}  // extern "C"

// The standard library's own names what nobody caught, and has 60 KB to write C++ names with; main() catches.
void __gnu_cxx::__verbose_terminate_handler() { std::abort(); }

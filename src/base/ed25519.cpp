#include "base/ed25519.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace nvprov {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using TextHandle = std::unique_ptr<BIO, Freed<BIO_free>>;
using SignatureWork = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

constexpr std::size_t signature_bytes = 64;

// Nobody is asked for a passphrase: nvprov runs where nobody sits.
int no_passphrase(char*, int, int, void*) { return -1; }

const unsigned char* as_octets(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

KeyHandle ed25519_only(EVP_PKEY* key) {
  ERR_clear_error();
  KeyHandle handle(key);
  if (handle && EVP_PKEY_base_id(handle.get()) != EVP_PKEY_ED25519) handle.reset();
  return handle;
}

TextHandle text_of(std::string_view pem) {
  return TextHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

}  // namespace

Result<std::string> ed25519_sign(std::string_view private_key, std::string_view bytes) {
  const TextHandle text = text_of(private_key);
  const KeyHandle key = ed25519_only(PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr));
  if (!key)
    return fail(ErrorKind::usage, "it is no private Ed25519 key without a passphrase", {},
                {"make one with `openssl genpkey -algorithm ed25519 -out FILE`"});
  const SignatureWork work(EVP_MD_CTX_new());
  std::string signature(signature_bytes, '\0');
  std::size_t size = signature.size();
  const bool is_signed = EVP_DigestSignInit(work.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                         EVP_DigestSign(work.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                        as_octets(bytes), bytes.size()) == 1;
  if (!is_signed || size != signature_bytes) return fail("OpenSSL could not sign with the key");
  return signature;
}

Result<bool> ed25519_verify(std::string_view public_key, std::string_view bytes, std::string_view signature) {
  const TextHandle text = text_of(public_key);
  const KeyHandle key = ed25519_only(PEM_read_bio_PUBKEY(text.get(), nullptr, no_passphrase, nullptr));
  if (!key)
    return fail(ErrorKind::usage, "it is no public Ed25519 key", {},
                {"write it with `openssl pkey -in PRIVATE -pubout -out FILE`"});
  const SignatureWork work(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(work.get(), nullptr, nullptr, nullptr, key.get()) != 1)
    return fail("OpenSSL could not use the key");
  const bool holds =
      EVP_DigestVerify(work.get(), as_octets(signature), signature.size(), as_octets(bytes), bytes.size()) == 1;
  ERR_clear_error();
  return holds;
}

}  // namespace nvprov

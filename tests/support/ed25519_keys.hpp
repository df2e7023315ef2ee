#pragma once

namespace nvprov::test {

// The key pair of RFC 8032, section 7.1, test 2.
inline constexpr const char* ed25519_private =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";
inline constexpr const char* ed25519_public =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr const char* another_ed25519_public =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAsOXBbSqo+kWNENNeyglq3gRvSq0y+OCAsQMO8iiFSU4=\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr const char* rsa_public =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDJgGPf2wkF0cT5dbaH+BIR9/f6\n"
    "fGoo+VqKQgVg8gylL+gV25qMPgQgdznZbnOCKuF9CQRj28tTlmCl9cS6LVK7ghlS\n"
    "u8fJ/RZJhwo6ixVIS5uPCqM/3nsBM4vSqaKcNKMvexQIsnDcvp/o2Hqh2S74RL1E\n"
    "c3EE5LiX5Fy+ywivQQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

}  // namespace nvprov::test

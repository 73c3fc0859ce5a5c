//! Ciphers and key wrap.

use chancery_x509::Crypto;
use chancery_x509::crypto::{Cipher, CipherError};
use proptest::prelude::*;

use crate::support::{hex, providers};

const ALL: [Cipher; 13] = [
    Cipher::Aes128Cbc,
    Cipher::Aes192Cbc,
    Cipher::Aes256Cbc,
    Cipher::Aes128Gcm,
    Cipher::Aes192Gcm,
    Cipher::Aes256Gcm,
    Cipher::ChaCha20Poly1305,
    Cipher::DesEde3Cbc,
    Cipher::DesEde2Cbc,
    Cipher::Rc2Cbc { effective_bits: 40 },
    Cipher::Rc2Cbc { effective_bits: 64 },
    Cipher::Rc2Cbc {
        effective_bits: 128,
    },
    Cipher::Rc4,
];

fn key_len(cipher: Cipher) -> usize {
    cipher.key_len().unwrap_or(16)
}

/// The first blocks of CBC: NIST SP 800-38A appendix F.2 (AES), RFC 2268 section 5 (RC2; one block under a zero vector is the
/// block cipher itself), NIST SP 800-20 table A.1 by way of single DES keys repeated (triple DES with equal keys is DES).
#[test]
fn cbc_is_that_of_the_standards() {
    let iv = "000102030405060708090a0b0c0d0e0f";
    let plain = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51";
    let cases = [
        (
            Cipher::Aes128Cbc,
            "2b7e151628aed2a6abf7158809cf4f3c",
            iv,
            plain,
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2",
        ),
        (
            Cipher::Aes192Cbc,
            "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            iv,
            plain,
            "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a",
        ),
        (
            Cipher::Aes256Cbc,
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            iv,
            plain,
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d",
        ),
        (
            Cipher::Rc2Cbc { effective_bits: 63 },
            "0000000000000000",
            "0000000000000000",
            "0000000000000000",
            "ebb773f993278eff",
        ),
        (
            Cipher::Rc2Cbc { effective_bits: 64 },
            "88bca90e90875a",
            "0000000000000000",
            "0000000000000000",
            "6ccf4308974c267f",
        ),
        (
            Cipher::Rc2Cbc {
                effective_bits: 128,
            },
            "88bca90e90875a7f0f79c384627bafb2",
            "0000000000000000",
            "0000000000000000",
            "2269552ab0f85ca6",
        ),
        (
            Cipher::Rc2Cbc {
                effective_bits: 129,
            },
            "88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e",
            "0000000000000000",
            "0000000000000000",
            "5b78d3a43dfff1f1",
        ),
        (
            Cipher::DesEde3Cbc,
            "010101010101010101010101010101010101010101010101",
            "0000000000000000",
            "8000000000000000",
            "95f8a5e5dd31d900",
        ),
        (
            Cipher::DesEde2Cbc,
            "01010101010101010101010101010101",
            "0000000000000000",
            "8000000000000000",
            "95f8a5e5dd31d900",
        ),
    ];
    for (name, crypto) in providers() {
        for (cipher, key, iv, plain, expected) in cases {
            let (key, iv, plain, expected) = (hex(key), hex(iv), hex(plain), hex(expected));
            let (out, tag) = crypto.encrypt(cipher, &key, &iv, &[], &plain).unwrap();
            assert_eq!(out[..expected.len()], expected, "{name} {cipher}");
            assert_eq!(
                out.len(),
                expected.len() + cipher.iv_len(),
                "a block of padding"
            );
            assert!(tag.is_empty());
            let opened = crypto.decrypt(cipher, &key, &iv, &[], &out, &[]).unwrap();
            assert_eq!(*opened, plain, "{name} {cipher}");
        }
    }
}

#[test]
fn rc4_is_that_of_rfc_6229() {
    // Section 2: the key 0102030405, offset 0.
    let stream = hex("b2396305f03dc027ccc3524a0a1118a8");
    for (name, crypto) in providers() {
        let (out, _) = crypto
            .encrypt(Cipher::Rc4, &[1, 2, 3, 4, 5], &[], &[], &[0; 16])
            .unwrap();
        assert_eq!(out, stream, "{name}");
    }
}

/// Test cases 4, 10, 16, 17 and 18 of "The Galois/Counter Mode of Operation (GCM)", appendix B (nonces of 12, 8 and 60 octets), and
/// RFC 8439 section 2.8.2.
#[test]
fn tags_are_those_of_the_standards() {
    let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                 1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    let aad = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    let long_nonce = "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728
                      c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b";
    let sunscreen = "4c616469657320616e642047656e746c656d656e206f662074686520636c6173
                     73206f66202739393a204966204920636f756c64206f6666657220796f75206f
                     6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73
                     637265656e20776f756c642062652069742e";
    let cases = [
        (
            Cipher::Aes128Gcm,
            &key[..32],
            "cafebabefacedbaddecaf888",
            aad,
            plain,
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
             21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
            "5bc94fbc3221a5db94fae95ae7121a47",
        ),
        (
            Cipher::Aes192Gcm,
            &key[..48],
            "cafebabefacedbaddecaf888",
            aad,
            plain,
            "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c
             7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710",
            "2519498e80f1478f37ba55bd6d27618c",
        ),
        (
            Cipher::Aes256Gcm,
            key,
            "cafebabefacedbaddecaf888",
            aad,
            plain,
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
        (
            Cipher::Aes256Gcm,
            key,
            "cafebabefacedbad",
            aad,
            plain,
            "c3762df1ca787d32ae47c13bf19844cbaf1ae14d0b976afac52ff7d79bba9de0
             feb582d33934a4f0954cc2363bc73f7862ac430e64abe499f47c9b1f",
            "3a337dbf46a792c45e454913fe2ea8f2",
        ),
        (
            Cipher::Aes256Gcm,
            key,
            long_nonce,
            aad,
            plain,
            "5a8def2f0c9e53f1f75d7853659e2a20eeb2b22aafde6419a058ab4f6f746bf4
             0fc0c3b780f244452da3ebf1c5d82cdea2418997200ef82e44ae7e3f",
            "a44a8266ee1c8eb0c8b5d4cf5ae9f19a",
        ),
        (
            Cipher::ChaCha20Poly1305,
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
            "070000004041424344454647",
            "50515253c0c1c2c3c4c5c6c7",
            sunscreen,
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6
             3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36
             92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
             3ff4def08e4b7a9de576d26586cec64b6116",
            "1ae10b594f09e26a7e902ecbd0600691",
        ),
    ];
    for (name, crypto) in providers() {
        for (cipher, key, iv, aad, plain, expected, expected_tag) in cases {
            let [key, iv, aad, plain] = [key, iv, aad, plain].map(hex);
            let (out, tag) = crypto.encrypt(cipher, &key, &iv, &aad, &plain).unwrap();
            assert_eq!(out, hex(expected), "{name} {cipher}");
            assert_eq!(tag, hex(expected_tag), "{name} {cipher}");
            let opened = crypto.decrypt(cipher, &key, &iv, &aad, &out, &tag);
            assert_eq!(*opened.unwrap(), plain, "{name} {cipher}");
        }
    }
}

#[test]
fn an_altered_message_is_refused_wherever_it_was_altered() {
    let plain = [7; 40];
    for (name, crypto) in providers() {
        for cipher in ALL.into_iter().filter(|cipher| cipher.is_aead()) {
            let (key, iv) = (vec![1; key_len(cipher)], vec![2; 12]);
            let (text, tag) = crypto.encrypt(cipher, &key, &iv, b"aad", &plain).unwrap();
            let open = |key: &[u8], iv: &[u8], aad: &[u8], text: &[u8], tag: &[u8]| {
                crypto
                    .decrypt(cipher, key, iv, aad, text, tag)
                    .map(|plain| plain.to_vec())
            };
            assert_eq!(open(&key, &iv, b"aad", &text, &tag), Ok(plain.to_vec()));
            let mismatch = Err(CipherError::Mismatch);
            for bit in 0..text.len() * 8 {
                let mut altered = text.clone();
                altered[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &iv, b"aad", &altered, &tag), mismatch, "{name}");
            }
            for bit in 0..128 {
                let mut altered = tag.clone();
                altered[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &iv, b"aad", &text, &altered), mismatch, "{name}");
            }
            assert_eq!(open(&key, &iv, b"add", &text, &tag), mismatch);
            assert_eq!(open(&key, &iv, b"", &text, &tag), mismatch);
            assert_eq!(open(&key, &[3; 12], b"aad", &text, &tag), mismatch);
            assert_eq!(open(&key, &iv, b"aad", &text[1..], &tag), mismatch);
            assert_eq!(open(&key, &iv, b"aad", &[], &tag), mismatch);
            let other = vec![9; key_len(cipher)];
            assert_eq!(open(&other, &iv, b"aad", &text, &tag), mismatch);
            // RFC 5084 section 3.2: GCM's tags may be cut to 12 octets, others may not.
            for octets in 0..=15 {
                let outcome = open(&key, &iv, b"aad", &text, &tag[..octets]);
                if octets >= 12 && cipher != Cipher::ChaCha20Poly1305 {
                    assert_eq!(outcome, Ok(plain.to_vec()));
                } else {
                    assert_eq!(outcome, Err(CipherError::TagLength { cipher, octets }));
                }
            }
        }
    }
}

#[test]
fn what_a_cipher_does_not_take_is_refused() {
    for (name, crypto) in providers() {
        for cipher in ALL {
            let (key, iv) = (vec![1; key_len(cipher)], vec![2; cipher.iv_len()]);
            if let Some(octets) = cipher.key_len() {
                for wrong in [0, octets - 1, octets + 1, 64] {
                    let expected = CipherError::KeyLength {
                        cipher,
                        octets: wrong,
                    };
                    let outcome = crypto.encryptor(cipher, &vec![1; wrong], &iv).err();
                    assert_eq!(outcome, Some(expected), "{name}");
                    let outcome = crypto.decryptor(cipher, &vec![1; wrong], &iv).err();
                    assert_eq!(outcome, Some(expected), "{name}");
                }
            } else {
                assert!(crypto.encryptor(cipher, &[], &iv).is_err());
                assert!(crypto.encryptor(cipher, &[1; 129], &iv).is_err());
            }
            assert!(crypto.decryptor(cipher, &key, &[2; 129]).is_err());
            if cipher.iv_len() > 0 {
                let none = CipherError::IvLength { cipher, octets: 0 };
                assert_eq!(crypto.decryptor(cipher, &key, &[]).err(), Some(none));
            }
            let mut decryptor = crypto.decryptor(cipher, &key, &iv).unwrap();
            let mut out = Vec::new();
            if cipher.is_aead() {
                decryptor.update_unverified(b"x", &mut out).unwrap();
            }
            let late = Err(CipherError::Aad(cipher));
            assert_eq!(decryptor.aad(b"late"), late, "{name} {cipher}");
            if !cipher.is_aead() {
                let outcome = decryptor.finish(&[0; 16], &mut out);
                let expected = CipherError::TagLength { cipher, octets: 16 };
                assert_eq!(outcome, Err(expected));
            }
        }
        let none = Cipher::Rc2Cbc { effective_bits: 0 };
        let outcome = crypto.decryptor(none, &[1; 16], &[0; 8]).err();
        assert_eq!(outcome, Some(CipherError::Unsupported(none)));
    }
}

/// Every last block that is no padding is one error, whichever octet is wrong; so are lengths that are no whole blocks.
#[test]
fn bad_padding_is_one_error() {
    let key = [5; 16];
    let iv = [0; 16];
    for (name, crypto) in providers() {
        let open = |text: &[u8]| {
            crypto
                .decrypt(Cipher::Aes128Cbc, &key, &iv, &[], text, &[])
                .map(|plain| plain.to_vec())
        };
        // One block whose plain text is known: what stands before the padding block is laid over it.
        let (text, _) = crypto
            .encrypt(Cipher::Aes128Cbc, &key, &iv, &[], &[0; 16])
            .unwrap();
        for last in 0..=255 {
            let mut forged = text.clone();
            forged[15] ^= 0x10 ^ last;
            let expected = match last {
                // All sixteen are 16, or the last is 1.
                16 => Ok(15),
                1 => Ok(31),
                _ => Err(CipherError::Padding),
            };
            let outcome =
                open(&forged).map(|plain| if plain.len() == 16 { 15 } else { plain.len() });
            assert_eq!(outcome, expected, "{name} {last}");
        }
        for octets in [0, 1, 15, 17, 31] {
            assert_eq!(open(&text[..octets]), Err(CipherError::Padding), "{name}");
        }
    }
}

#[test]
fn keys_are_wrapped_as_in_rfc_3394() {
    // Sections 4.1 to 4.6.
    let kek = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    let key = "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f";
    let cases = [
        (16, 16, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
        (24, 16, "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"),
        (32, 16, "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"),
        (
            24,
            24,
            "031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2",
        ),
        (
            32,
            24,
            "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1",
        ),
        (
            32,
            32,
            "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
        ),
    ];
    for (name, crypto) in providers() {
        for (kek_len, key_len, expected) in cases {
            let (kek, key) = (&hex(kek)[..kek_len], &hex(key)[..key_len]);
            let wrapped = crypto.wrap_key(kek, key).unwrap();
            assert_eq!(wrapped, hex(expected), "{name}");
            assert_eq!(*crypto.unwrap_key(kek, &wrapped).unwrap(), key, "{name}");
            for at in 0..wrapped.len() {
                let mut altered = wrapped.clone();
                altered[at] ^= 0x80;
                let outcome = crypto.unwrap_key(kek, &altered);
                assert_eq!(outcome, Err(CipherError::Mismatch), "{name}");
            }
        }
        for octets in [0, 8, 15, 17, 1032] {
            let outcome = crypto.wrap_key(&[0; 16], &vec![0; octets]);
            assert_eq!(
                outcome,
                Err(CipherError::WrappedLength { octets }),
                "{name}"
            );
        }
        for octets in [0, 8, 16, 23, 25] {
            let outcome = crypto.unwrap_key(&[0; 16], &vec![0; octets]);
            assert_eq!(
                outcome,
                Err(CipherError::WrappedLength { octets }),
                "{name}"
            );
        }
        let outcome = crypto.wrap_key(&[0; 17], &[0; 16]);
        assert_eq!(outcome, Err(CipherError::WrapKeyLength { octets: 17 }));
    }
}

/// Through one provider by pieces.
fn encrypted(
    crypto: &dyn Crypto,
    cipher: Cipher,
    key: &[u8],
    iv: &[u8],
    message: &Pieces,
) -> (Vec<u8>, Vec<u8>) {
    let mut encryptor = crypto.encryptor(cipher, key, iv).unwrap();
    if cipher.is_aead() {
        encryptor.aad(&message.aad).unwrap();
    }
    let mut out = Vec::new();
    for piece in &message.pieces {
        encryptor.update(piece, &mut out).unwrap();
    }
    let tag = encryptor.finish(&mut out).unwrap();
    (out, tag)
}

#[derive(Clone, Debug)]
struct Pieces {
    aad: Vec<u8>,
    pieces: Vec<Vec<u8>>,
}

fn pieces() -> impl Strategy<Value = Pieces> {
    let octets = |most| prop::collection::vec(any::<u8>(), 0..most);
    (octets(40), prop::collection::vec(octets(70), 0..6))
        .prop_map(|(aad, pieces)| Pieces { aad, pieces })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each encrypts what the other decrypts, in whatever pieces.
    #[test]
    fn providers_understand_each_other(
        message in pieces(),
        cipher in prop::sample::select(ALL.to_vec()),
        key in prop::array::uniform32(any::<u8>()),
        iv in prop::array::uniform16(any::<u8>()),
        piece in 1_usize..50,
    ) {
        let (key, iv) = (&key[..key_len(cipher)], &iv[..cipher.iv_len()]);
        let plain = message.pieces.concat();
        let [(_, aws), (_, rust)] = providers();
        let made = encrypted(aws, cipher, key, iv, &message);
        prop_assert_eq!(&made, &encrypted(rust, cipher, key, iv, &message));
        for crypto in [aws, rust] {
            let mut decryptor = crypto.decryptor(cipher, key, iv).unwrap();
            if cipher.is_aead() {
                decryptor.aad(&message.aad).unwrap();
            }
            let mut out = Vec::new();
            for part in made.0.chunks(piece) {
                decryptor.update_unverified(part, &mut out).unwrap();
            }
            decryptor.finish(&made.1, &mut out).unwrap();
            prop_assert_eq!(&out, &plain);
        }
    }
}

use chancery_pkcs12::Purpose;
use chancery_x509::hex;

use super::*;
use crate::{Signer, SoftwareKey};

const DIGESTS: [DigestAlgorithm; 5] = [
    DigestAlgorithm::Sha1,
    DigestAlgorithm::Sha224,
    DigestAlgorithm::Sha256,
    DigestAlgorithm::Sha384,
    DigestAlgorithm::Sha512,
];

fn derive(kdf: Kdf, password: &[u8], salt: &[u8], octets: usize) -> String {
    let derivation = Derivation {
        kdf,
        password: Zeroizing::new(password.to_vec()),
        salt: salt.to_vec(),
        octets,
    };
    hex::encode(&AwsLc.derive(&derivation).unwrap(), "")
}

#[test]
fn pbkdf2_with_every_digest() {
    // From Python 3: hashlib.pbkdf2_hmac(digest, b"passwd", b"salt", 3, 70).hex()
    const EXPECTED: [&str; 5] = [
        "daacfa5755e36e72314fbb8240b76b2aabb6b0ff3d20fdff0ebedec52014fa15b0d82f\
         e9e90a994ff7d4cf3648dd362b77dc943d9fd49d70045d95a0080069cce9341014b56b",
        "177f1ce2e29ffaa39be0f337881f14707d97f431f64c94ab1a15d6dd02acea0e2ef241\
         1198db8b60d912b1bb98290f9bba50b7f5100c5a8fc195c55fb2e0d2f5afa100acb71d",
        "92df5c4cd7d900ab0b42336ea617caa1d3440cb93b8e8fb03fe3b31781c723cca13b84\
         b7cf91dd6c007c27e68bdd9b2d0bcf31bcb4b4be460df9b19f27e96ebffb5c4e9c9481",
        "5329c1b022a728be4534cd3cfd55bc3877f3ec1dedb0ca643e65dd641e107e996fc728\
         646002d0ba08e9990ab361cabfcd3cb69deed5ed3d64e6d7c5ecc83a91e4e568a3df0f",
        "2ad6a1074a28addf332db771afaa5928b0bebc600f287167c366a1d730f8835f94e70d\
         2d478279cdc0dae70e154cc5fb0442760e84694adb85f6aa1db4e7807c1686b79e5ff8",
    ];
    for (prf, expected) in DIGESTS.into_iter().zip(EXPECTED) {
        let kdf = Kdf::Pbkdf2 { prf, rounds: 3 };
        assert_eq!(derive(kdf, b"passwd", b"salt", 70), expected, "{prf}");
        // Fewer octets are the first ones.
        assert_eq!(derive(kdf, b"passwd", b"salt", 5), expected[..10], "{prf}");
    }
}

#[test]
fn the_derivation_of_pkcs12_with_every_digest_and_purpose() {
    // From OpenSSL 3: kdf -keylen 70 -kdfopt digest:SHA256 -kdfopt id:1 -kdfopt iter:3 -kdfopt hexpass:0073006d006500670000
    // -kdfopt hexsalt:0a58cf64530d823f PKCS12KDF. Longer than two blocks of the shortest digest.
    const EXPECTED: [[&str; 3]; 5] = [
        [
            "8906f16c7a1ee9a8be112effbeb4c8ccbe6664286205d4834cd04cfa078fc1c2c69522\
             192f8b148a74ef1122da0c9bfc3849abaa1790a272f1de286d0bd67a75ed512b3b31c9",
            "1608fe14fe18d633f8f502dd898cd298c3170c97ce0b790197b5dfd01d83cf278384bf\
             5afeb4a369cfd717dde1c00c4162c23ff194c190ee5fdf613e6820ae4402ce15db3ded",
            "bcdbb9582b4e21cd30f8a9025acfa7dc75e0ea3e236753814c65d49329b2a3e815f879\
             006bc259445ed1344f7213fb7168377ace83bae759a3487de44a251f4ac3d7cee3bb66",
        ],
        [
            "28f54e1c53d6189dc0bfa8e43ea038dc8cb38907f34c124bacb969265c63736f0596a5\
             75f159bf4e56aa2c1b6f7257d859001f87bd26a58628270622a960d45dc207e12132de",
            "06c9458e6a023b86237f108fc5b66b7abbb391d71954e154c9b3c80b076ed85b5b0467\
             bcd4922d6cb77f806d8d0d3204934805075de104fa4dd070c6296b60b51527b54fed62",
            "c80e2d439846a65a4068ff3e357fc47414fd30469c848096a81f353e5a603df3c52f1d\
             46244b6cbc3471338c3cbb56a3744e94d30c871ce00eebcd20f004622bbaf6524d5b2e",
        ],
        [
            "469e0a6907c9598d58e9611a2b3dceb1c8ae273415360bf8bf510e1ccecc8674e28f97\
             d0dbc836d78502a75f6a8e624ce3732b56ba426aedb32930ea60b0ce0f4360262c3b86",
            "bbc0800b78b66984b4b1de141bdeb2d04b119521e14ddbea3a62df7ee9c1c4b699e869\
             77c0e11110ecef2c7eee066fce13e1de6ef4e074503c84b63f9e54ab6a4fc9ba512538",
            "7e9ac472ca5cd7caa9256a171cae16bb0ade4deab4c52e40a8110b138ecbed7e7632c7\
             8f98d6ab38f2c787bc3800cd53be66302424e3e901c472d5aee0c7cdbf8e0e8eeee7e8",
        ],
        [
            "84948eb3014f6e93997bebd4dc2320ab08dfb1fc70367536162e7483933ffa327bc9bf\
             3a8137280e1182338310aea89baf78f14bc19d760efa54461cd12cc4197ffb759fe78d",
            "2c8d4971d260fe85fe8ec45152e4ddf3f040f331b0994235e19851666f8572e8c6d958\
             fcade8cdb50f2ce26a78476167d80d65fb7feeab1b61172c771a1b3f189b4a717ed056",
            "d3025b801420e3040b7d76061350b5d7f7098a7e21b6d7f67e872f135a135651f34130\
             333464bb6f2cb57b9a3f786935fa609b406c179e8b13b483707af1380252eb8073f9e3",
        ],
        [
            "d94a6b30a7062f232ee7e09e279faef02271414975ed35e8998ee7249a1c1d79a8cf0a\
             5a78653e79b78db1c200037ec4843247300c5acd9360174010035d9cb4c0ca918ebffb",
            "50c40e4afb82636d51be042c26838bcc194336916f7df613c58a18a9a03945fae7ff4d\
             14792f5eddcf2d6874175847b08aeeadb873aa61d87566ca6a6ce0f1322e5b87606895",
            "f1208c3d89ea381d3641f9cc8203229e4a116261296c330449d00cb77cfb8492fda3d5\
             78a04d2242d43d807b6e17bd527d3360fc7516deb180528161a2a46f4329ac55829003",
        ],
    ];
    let password = [0, b's', 0, b'm', 0, b'e', 0, b'g', 0, 0];
    let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
    for (digest, expected) in DIGESTS.into_iter().zip(EXPECTED) {
        for (purpose, expected) in [Purpose::Key, Purpose::Iv, Purpose::Mac]
            .into_iter()
            .zip(expected)
        {
            let kdf = Kdf::Pkcs12 {
                digest,
                purpose,
                rounds: 3,
            };
            assert_eq!(
                derive(kdf, &password, &salt, 70),
                expected,
                "{digest} {purpose:?}"
            );
        }
    }
}

#[test]
fn scrypt() {
    // RFC 7914 section 12.
    let kdf = Kdf::Scrypt {
        log2_n: 10,
        r: 8,
        p: 16,
    };
    assert_eq!(
        derive(kdf, b"password", b"NaCl", 64),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
         2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    );
}

#[test]
fn what_cannot_be_derived_is_refused() {
    let refused = |kdf| {
        let derivation = Derivation {
            kdf,
            password: Zeroizing::default(),
            salt: Vec::new(),
            octets: 1,
        };
        AwsLc.derive(&derivation).is_err()
    };
    let prf = DigestAlgorithm::Sha256;
    assert!(refused(Kdf::Pbkdf2 { prf, rounds: 0 }));
    assert!(refused(Kdf::Scrypt {
        log2_n: 63,
        r: u32::MAX,
        p: 1
    }));
}

#[test]
fn the_public_key_of_a_private_one_is_told() {
    for algorithm in crate::KeyAlgorithm::ALL {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let public = AwsLc.public_key(&key.to_pkcs8().unwrap());
        assert_eq!(public.as_deref(), Some(key.public_key()), "{algorithm}");
    }
    assert_eq!(AwsLc.public_key(b"no key"), None);
}

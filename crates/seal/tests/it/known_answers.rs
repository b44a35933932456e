//! The vectors of the specifications, against the libraries as this crate uses them.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use seal::Chance;
use sha2::Sha256;

use crate::hex;

/// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
#[test]
fn xchacha20_poly1305() {
    let words = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
        for the future, sunscreen would be it.";
    let key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    let nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    let aad = hex("50515253c0c1c2c3c4c5c6c7");
    let sealed = hex("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
         731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
         2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
         21f9664c97637da9768812f615c68b13b52e
         c0875924c1c7987947deafd8780acf49");
    let cipher = XChaCha20Poly1305::new_from_slice(&key).expect("the key has 32 bytes");
    let nonce = XNonce::try_from(nonce.as_slice()).expect("the nonce has 24 bytes");
    let (msg, aad) = (words.as_slice(), aad.as_slice());
    let found = cipher.encrypt(&nonce, Payload { msg, aad });
    assert_eq!(found.expect("it seals"), sealed);
    let msg = sealed.as_slice();
    let opened = cipher.decrypt(&nonce, Payload { msg, aad });
    assert_eq!(opened.expect("it opens"), words);
}

fn hkdf(ikm: &[u8], salt: Option<&[u8]>, info: &[u8], okm: &str) {
    let okm = hex(okm);
    let mut found = vec![0; okm.len()];
    Hkdf::<Sha256>::new(salt, ikm).expand(info, &mut found).expect("the length is allowed");
    assert_eq!(found, okm);
}

/// RFC 5869, appendices A.1, A.2 and A.3.
#[test]
fn hkdf_sha_256() {
    let counted = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    hkdf(
        &[0x0b; 22],
        Some(&counted(0, 0x0c)),
        &counted(0xf0, 0xf9),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
    hkdf(
        &counted(0, 0x4f),
        Some(&counted(0x60, 0xaf)),
        &counted(0xb0, 0xff),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
         59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
         cc30c58179ec3e87c14c01d5c1f3434f1d87",
    );
    hkdf(
        &[0x0b; 22],
        None,
        &[],
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    );
}

/// RFC 4231, test case 2.
#[test]
fn hmac_sha_256() {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(b"Jefe").expect("any length");
    mac.update(b"what do ya want for nothing?");
    assert_eq!(
        mac.finalize().into_bytes().as_slice(),
        hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    );
}

/// RFC 9106, section 5.3: with secret and associated data.
#[test]
fn argon2id_with_a_secret() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).expect("12 bytes are allowed"))
        .build()
        .expect("the cost is allowed");
    let mut tag = [0; 32];
    Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
        .expect("8 bytes of secret are allowed")
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .expect("the lengths are allowed");
    assert_eq!(
        tag.as_slice(),
        hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")
    );
}

/// RFC 9180, appendix A.2.1, both ways; `ikmE` is what the sender draws by chance.
#[test]
fn hpke_x25519_sha256_chacha20poly1305_base() {
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let aad = hex("436f756e742d30");
    let words = b"Beauty is truth, truth beauty";
    let sealed = hex(
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
    );
    let enc = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    let secret = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&secret).expect("32 bytes");
    let public = X25519HkdfSha256::sk_to_pk(&secret);
    assert_eq!(
        public.to_bytes().as_slice(),
        hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
    );

    let ikm_e = hex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let mut fill = |bytes: &mut [u8]| bytes.copy_from_slice(&ikm_e);
    let (found_enc, found) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            &info,
            words,
            &aad,
            &mut Chance::new(&mut fill),
        )
        .expect("it seals");
    assert_eq!(found_enc.to_bytes().as_slice(), enc);
    assert_eq!(found, sealed);

    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&enc).expect("32 bytes");
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &enc,
        &info,
        &sealed,
        &aad,
    );
    assert_eq!(opened.expect("it opens"), words);
}

/// RFC 9180, appendix A.2.3, both ways: the mode that names its sender.
#[test]
fn hpke_x25519_sha256_chacha20poly1305_auth() {
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let aad = hex("436f756e742d30");
    let words = b"Beauty is truth, truth beauty";
    let sealed = hex(
        "ab1a13c9d4f01a87ec3440dbd756e2677bd2ecf9df0ce7ed73869b98e00c09be111cb9fdf077347aeb88e61bdf",
    );
    let enc = hex("f7674cc8cd7baa5872d1f33dbaffe3314239f6197ddf5ded1746760bfc847e0e");
    let secret =
        |text| <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&hex(text)).expect("32 bytes");
    let reader = secret("3ca22a6d1cda1bb9480949ec5329d3bf0b080ca4c45879c95eddb55c70b80b82");
    let sender = secret("2def0cb58ffcf83d1062dd085c8aceca7f4c0c3fd05912d847b61f3e54121f05");
    let (readers, senders) =
        (X25519HkdfSha256::sk_to_pk(&reader), X25519HkdfSha256::sk_to_pk(&sender));
    assert_eq!(
        senders.to_bytes().as_slice(),
        hex("f0f4f9e96c54aeed3f323de8534fffd7e0577e4ce269896716bcb95643c8712b")
    );

    let ikm_e = hex("938d3daa5a8904540bc24f48ae90eed3f4f7f11839560597b55e7c9598c996c0");
    let mut fill = |bytes: &mut [u8]| bytes.copy_from_slice(&ikm_e);
    let (found_enc, found) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Auth((sender, senders.clone())),
            &readers,
            &info,
            words,
            &aad,
            &mut Chance::new(&mut fill),
        )
        .expect("it seals");
    assert_eq!(found_enc.to_bytes().as_slice(), enc);
    assert_eq!(found, sealed);

    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&enc).expect("32 bytes");
    let open = |mode| {
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &mode, &reader, &enc, &info, &sealed, &aad,
        )
    };
    assert_eq!(open(OpModeR::Auth(senders)).expect("it opens"), words);
    assert!(open(OpModeR::Auth(readers)).is_err(), "it is nobody else's");
    assert!(open(OpModeR::Base).is_err(), "nor nobody's");
}

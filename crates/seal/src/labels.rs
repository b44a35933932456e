//! Every label a key is derived under, in one place, so that none is used twice.
//! A label that was ever released is never given another meaning.

/// Stands first in all associated data, boxes and derivations. A constant of the
/// format: changing it makes everything sealed so far unreadable.
pub(crate) const FORMAT: &str = "sameboat/1";

pub(crate) const SEAL_PERSON: &str = "seal.person";
pub(crate) const SEAL_OWN: &str = "seal.own";
pub(crate) const SEAL_GROUP: &str = "seal.group";
pub(crate) const SEAL_ENVELOPE: &str = "seal.envelope";
pub(crate) const SEAL_INSTANCE: &str = "seal.instance";
pub(crate) const SEAL_LINK: &str = "seal.link";
pub(crate) const SEAL_KEYRING: &str = "seal.keyring";

pub(crate) const PERSON_PAIR: &str = "pair.person";
pub(crate) const LETTERBOX_PAIR: &str = "pair.letterbox";
pub(crate) const NEXT_GROUP: &str = "next.group";

pub(crate) const WRAP_PASSPHRASE: &str = "wrap.passphrase";
pub(crate) const WRAP_RECOVERY: &str = "wrap.recovery";
pub(crate) const WRAP_SIGN_IN: &str = "wrap.sign-in";
pub(crate) const WRAP_MEMBER: &str = "wrap.member";
pub(crate) const WRAP_ENVELOPE: &str = "wrap.envelope";

pub(crate) const ROW_RECOVERY: &str = "row.recovery";
pub(crate) const ROW_SIGN_IN: &str = "row.sign-in";
pub(crate) const ROW_LINK: &str = "row.link";

pub(crate) const ARGON2_SECRET: &str = "argon2.secret";
pub(crate) const KEY_CHECK: &str = "check.group";
pub(crate) const FINGERPRINT: &str = "fingerprint.instance";
pub(crate) const MARK: &str = "mark.key";
pub(crate) const PRINT_WRAP: &str = "print.wrap";
/// For [`crate::InstanceKey::mac`]; the purpose's own label follows.
pub(crate) const MAC: &str = "mac.instance";

pub(crate) const MAC_ROSTER: &str = "roster";
pub(crate) const MAC_NAME: &str = "sign-in-name";
pub(crate) const MAC_SLIP: &str = "attendance-slip";

pub(crate) const BOX_MEMBER: &str = "box.member";
pub(crate) const BOX_PERSON: &str = "box.person";
pub(crate) const BOX_LETTER: &str = "box.letter";
pub(crate) const BOX_ENVELOPE: &str = "box.envelope";
pub(crate) const BOX_BACKUP: &str = "box.backup";

pub(crate) const GRANT_GROUP: &str = "grant.group";
// "grant.envelope" stood in boxes that named no sender.

pub(crate) const BACKUP_KEY: &str = "backup.key";
pub(crate) const BACKUP_NONCE: &str = "backup.nonce";

#[cfg(test)]
mod tests {
    #[test]
    fn no_label_is_used_twice() {
        let text = include_str!("labels.rs");
        let mut labels: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with("pub(crate) const"))
            .map(|line| line.split('"').nth(1).expect("a label stands in quotes"))
            .collect();
        let all = labels.len();
        assert!(all > 30);
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), all);
    }
}

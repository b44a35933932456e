use std::fmt;

/// A country by its two-letter code (ISO 3166-1 alpha-2). Its name comes from the page's language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// The text is not the code of a country.
#[derive(Debug, thiserror::Error)]
#[error("not a two-letter country code")]
pub struct UnknownCountry;

impl Country {
    /// Every country there is, by code, for the list that people choose from.
    pub fn all() -> impl Iterator<Item = Country> {
        CODES
            .split_ascii_whitespace()
            .filter_map(|code| code.as_bytes().try_into().ok().map(Country))
    }

    /// Reads a code such as `NZ`; small letters are taken too.
    ///
    /// # Errors
    /// When no country has that code.
    pub fn parse(text: &str) -> Result<Country, UnknownCountry> {
        let text = text.trim();
        Self::all().find(|country| country.code().eq_ignore_ascii_case(text)).ok_or(UnknownCountry)
    }

    /// The code in capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("made only from the codes below, which are ASCII")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The officially assigned codes, as the IANA time zone database lists them (`iso3166.tab`).
const CODES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM \
BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX \
CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG \
GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV \
LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE \
NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO \
RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF \
WS YE YT ZA ZM ZW";

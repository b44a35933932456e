//! A link as a picture to scan.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::{Fault, Outcome};

/// Modules of white around the code (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// What an SVG needs to draw a code: its side in modules, and the path of the dark ones.
pub struct Qr {
    /// The side, white edge included.
    pub side: usize,
    /// The path, one module a unit.
    pub path: String,
}

impl Qr {
    /// The code of an address. Level M: a fold or a thumb over 15 % of a printed strip is fine.
    pub fn of(address: &str) -> Outcome<Qr> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Fault::new)?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                let length = run.len();
                if run[0] == Color::Dark {
                    let (left, top) = (x + QUIET, y + QUIET);
                    path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
                }
                x += length;
            }
        }
        Ok(Qr { side: width + 2 * QUIET, path })
    }
}

//! What a page has to load.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::Failure;
use crate::module::Modules;
use crate::node::V8;
use crate::record::{Section, table};

/// Most bytes of a module with gzip.
const GZIP_BYTES_MAX: usize = 500_000;

struct File {
    name: &'static str,
    raw: usize,
    gzip: usize,
    brotli: u64,
}

pub(crate) struct Sizes(Vec<File>);

pub(crate) fn measure(modules: &Modules, v8: &V8) -> Result<Sizes, Failure> {
    let files = modules.each().zip(&v8.brotli).map(|((name, bytes), brotli)| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        Ok(File { name, raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: *brotli })
    });
    files.collect::<Result<_, Failure>>().map(Sizes)
}

impl Section for Sizes {
    fn name(&self) -> &'static str {
        "size"
    }

    fn markdown(&self) -> String {
        let rows: Vec<Vec<String>> = self
            .0
            .iter()
            .map(|file| {
                vec![
                    format!("`{}`", file.name),
                    file.raw.to_string(),
                    file.gzip.to_string(),
                    file.brotli.to_string(),
                ]
            })
            .collect();
        format!(
            "## Size\n\nBytes. Bound: {GZIP_BYTES_MAX} with gzip.\n\n{}",
            table(&["module", "raw", "gzip -9", "brotli -11"], &rows)
        )
    }

    fn json(&self) -> Value {
        let file = |file: &File| json!({"raw": file.raw, "gzip": file.gzip, "brotli": file.brotli});
        self.0.iter().map(|each| (each.name, file(each))).collect()
    }

    fn broken(&self) -> Vec<String> {
        let large = self.0.iter().filter(|file| file.gzip > GZIP_BYTES_MAX);
        large
            .map(|file| {
                format!("{} has {} bytes with gzip, more than {GZIP_BYTES_MAX}", file.name, file.gzip)
            })
            .collect()
    }
}

//! Scratch: trains an adapter from JSON lines {set,label,text}.
use std::{collections::BTreeMap, path::Path, time::Instant};
use models_candle::train::{AdapterConfig, AdapterExample, AdapterTraining, train};
fn read(path: &str) -> Vec<AdapterExample> {
    std::fs::read_to_string(path).unwrap().lines().map(|l| {
        let m: BTreeMap<String, String> = serde_json::from_str(l).unwrap();
        AdapterExample { set: m["set"].clone(), label: m["label"].clone(), text: m["text"].clone() }
    }).collect()
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let config: AdapterConfig = serde_json::from_str(a.get(4).map_or("{}", |s| s)).unwrap();
    let (tr, dv) = (read(&a[1]), read(&a[2]));
    let t = AdapterTraining { dir: Path::new("/work/models-cache/all-MiniLM-L6-v2"), train: &tr, dev: &dv,
        checkpoint: Some(format!("{}.state", a[3]).into()), trained_on: a.get(5).cloned().unwrap_or_default(), config };
    let start = Instant::now();
    let adapter = train(&t, &mut |p| {
        if p.step % 20 == 0 || p.dev.is_some() {
            eprintln!("{}/{} loss {:.4} {:.0}s {:?}", p.step, p.steps, p.loss, start.elapsed().as_secs_f32(), p.dev);
        }
    }).unwrap();
    std::fs::write(&a[3], adapter.to_bytes().unwrap()).unwrap();
}

//! Where the time of a portrait goes: each picture's portrait is made seven times, and the report lists for each stage and each
//! network the milliseconds of a portrait, averaged over the pictures, in its fastest round. Nested stages are counted in their
//! parents too.

use crate::report::Report;
use anyhow::{Context as _, ensure};
use portrait::{MakeOptions, decode};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// Portraits of each picture; the fastest round counts.
const ROUNDS: u32 = 7;

/// Time and calls by name.
type Times = Arc<Mutex<BTreeMap<String, (Duration, u32)>>>;

/// Adds up how long spans were open.
struct Clock(Times);

/// The span's `name` field.
#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "name" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Clock {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut name = Name::default();
        attributes.record(&mut name);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert((format!("{} {}", span.name(), name.0), Instant::now()));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        if let Some((name, opened)) = span.extensions().get::<(String, Instant)>() {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = all.entry(name.clone()).or_default();
            entry.0 += opened.elapsed();
            entry.1 += 1;
        }
    }
}

/// Measures the stages on `pictures`.
///
/// # Errors
/// When a picture or a model cannot be read, or no picture becomes a portrait.
pub fn measure(pictures: &[PathBuf]) -> anyhow::Result<String> {
    let times = Times::default();
    let subscriber = tracing_subscriber::registry().with(Clock(Arc::clone(&times)));
    tracing::subscriber::set_global_default(subscriber)?;
    let (engine, preset) = (super::engine()?, super::preset()?);
    let wall = preset.backgrounds.first().context("a preset has a background")?.name;
    let pictures =
        pictures.iter().map(|path| Ok(decode(&std::fs::read(path)?)?)).collect::<anyhow::Result<Vec<_>>>()?;
    let make = |picture: &image::RgbImage| engine.make(picture, &preset, wall, MakeOptions::default());
    let pictures: Vec<_> = pictures.into_iter().filter(|picture| make(picture).is_ok()).collect();
    ensure!(!pictures.is_empty(), "no picture becomes a portrait");
    let mut best = BTreeMap::<String, (f64, f64)>::new();
    for _ in 0..ROUNDS {
        times.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let start = Instant::now();
        for picture in &pictures {
            let _ = make(picture);
        }
        let mut round = times.lock().unwrap_or_else(PoisonError::into_inner).clone();
        round.insert("whole portrait".to_owned(), (start.elapsed(), pictures.len() as u32));
        for (name, (time, calls)) in round {
            let millis = time.as_secs_f64() * 1e3 / pictures.len() as f64;
            let entry = best.entry(name).or_insert((f64::INFINITY, 0.0));
            *entry = (entry.0.min(millis), f64::from(calls) / pictures.len() as f64);
        }
    }
    let mut report = Report::default();
    for (name, (millis, calls)) in best {
        report.line(format!("{millis:8.1} ms  {name} ({calls:.1} times)"));
    }
    Ok(report.finish())
}

//! The command line; stable, because scripts depend on it.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// 毕业生图像采集 kiosk: takes the graduate's registration portrait.
#[derive(Debug, Parser)]
#[command(name = "kiosk", version)]
pub struct Cli {
    /// The kiosk's configuration.
    #[arg(long, global = true, default_value = "kiosk.toml")]
    pub config: PathBuf,
    /// Folder of the models; otherwise $KIOSK_MODELS, then models/cache upwards from here.
    #[arg(long, global = true)]
    pub models: Option<PathBuf>,
    /// What to do; nothing: open the kiosk.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do besides opening the kiosk.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look at camera, models, store, key, clock, disk and server, and say what to do about each.
    Doctor {
        /// One JSON object a line instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Play a scripted visit without a window.
    Play {
        /// The script.
        script: PathBuf,
        /// Folder for screens (PNG), the portrait and summary.json.
        #[arg(long)]
        out: PathBuf,
    },
}

//! Loads and runs the networks. Nothing else knows the inference engine.
//!
//! ONNX Runtime is loaded from a file next to the networks, so that the program does not link against a library that may be
//! missing. Each network is loaded when it is first needed, after its bytes were compared with the manifest's hash.

use crate::manifest;
use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;
use sentences::{Code, codes};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// File of the engine itself, next to the networks.
const LIBRARY: &str = "libonnxruntime.so";

/// Why a network cannot be used. Names the file.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A file is not there.
    #[error("{file} is missing: run `make models`")]
    Missing {
        /// Where it was looked for.
        file: PathBuf,
    },
    /// A file's bytes are not those of the manifest.
    #[error("{file} is not the file that the models manifest names (its SHA-256 differs): run `make models`")]
    WrongHash {
        /// Which one.
        file: PathBuf,
    },
    /// The manifest says nothing about a file that is needed.
    #[error("{name} is not listed in the models manifest")]
    Unlisted {
        /// Its name.
        name: &'static str,
    },
    /// The engine does not accept a file.
    #[error("{file} cannot be loaded: {reason}")]
    Refused {
        /// Which one.
        file: PathBuf,
        /// The engine's own words.
        reason: String,
    },
    /// A network broke off.
    #[error("the network {name} failed: {reason}")]
    Failed {
        /// Its name.
        name: &'static str,
        /// The engine's own words.
        reason: String,
    },
}

impl EngineError {
    /// Code of the sentence that says so to people.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            EngineError::Missing { .. } | EngineError::Unlisted { .. } => codes::REFUSAL_MODEL_MISSING,
            EngineError::WrongHash { .. } => codes::REFUSAL_MODEL_WRONG_HASH,
            EngineError::Refused { .. } | EngineError::Failed { .. } => codes::REFUSAL_MODEL_FAILED,
        }
    }

    /// The file or network that it is about, without its folder.
    #[must_use]
    pub fn file(&self) -> String {
        match self {
            EngineError::Missing { file }
            | EngineError::WrongHash { file }
            | EngineError::Refused { file, .. } => {
                file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
            }
            EngineError::Unlisted { name } | EngineError::Failed { name, .. } => (*name).to_owned(),
        }
    }
}

/// A network by its duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// Faces and five points each.
    Faces,
    /// 468 points of one face.
    Mesh,
    /// Eye contour and iris of one eye.
    Iris,
    /// Rough person mask.
    Mask,
    /// Portrait matte, its convolutions in 8 bits.
    Matte,
    /// The same in 32 bits: what the tables compare with.
    MatteWide,
    /// Face embedding.
    Embedding,
}

impl Network {
    /// Those that the product runs.
    const ALL: [Network; 6] =
        [Network::Faces, Network::Mesh, Network::Iris, Network::Mask, Network::Matte, Network::Embedding];
    const COUNT: usize = Network::Embedding as usize + 1;

    /// Threads inside of the network; the machine has two cores. The small ones finish before a second thread has woken up.
    const fn threads(self) -> usize {
        match self {
            Network::Mesh | Network::Iris => 1,
            Network::Faces | Network::Mask | Network::Matte | Network::MatteWide | Network::Embedding => 2,
        }
    }

    /// Whether only its file is in 8 bits. The engine then widens the weights once, when it loads them, and not in every run,
    /// which takes a third of the time and gives the same numbers.
    const fn unpacks(self) -> bool {
        matches!(self, Network::Faces | Network::Embedding)
    }

    /// What the engine is told about it.
    fn settings(self) -> [(&'static str, bool); 5] {
        let matte = matches!(self, Network::Matte | Network::MatteWide);
        [
            // Waiting threads must not eat the cores that the preview and the database need: only the longest network's may,
            // and no longer than it runs.
            ("session.intra_op.allow_spinning", matte),
            ("session.force_spinning_stop", true),
            ("session.x64quantprecision", !adds_in_32_bits()),
            ("session.disable_quant_qdq", self.unpacks()),
            // Weights take what they need, not the next power of two.
            ("session.use_device_allocator_for_initializers", true),
        ]
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Network::Faces => "yunet.onnx",
            Network::Mesh => "face_mesh.onnx",
            Network::Iris => "iris.onnx",
            Network::Mask => "selfie.onnx",
            Network::Matte => "modnet_8bit.onnx",
            Network::MatteWide => "modnet.onnx",
            Network::Embedding => "sface.onnx",
        }
    }
}

/// One output of a network: its name, its shape is the caller's knowledge.
pub(crate) type Outputs = Vec<(String, Vec<f32>)>;

/// The output called `name`; empty if there is none.
pub(crate) fn output<'a>(outputs: &'a Outputs, name: &str) -> &'a [f32] {
    outputs.iter().find(|(n, _)| n == name).map_or(&[], |(_, v)| v.as_slice())
}

/// The folder of networks and what was loaded from it.
pub(crate) struct Models {
    folder: PathBuf,
    loaded: [Mutex<Option<Session>>; Network::COUNT],
}

impl Models {
    pub(crate) fn open(folder: &Path) -> Result<Models, EngineError> {
        for name in Network::ALL.map(Network::name).into_iter().chain([LIBRARY]) {
            let file = folder.join(name);
            if !file.is_file() {
                return Err(EngineError::Missing { file });
            }
        }
        Ok(Models { folder: folder.to_owned(), loaded: Default::default() })
    }

    /// Loads every network.
    pub(crate) fn warm(&self) -> Result<(), EngineError> {
        Network::ALL.into_iter().try_for_each(|network| self.with(network, |_| Ok(())))
    }

    /// Feeds one tensor to `network` and returns all that comes out.
    pub(crate) fn run(
        &self,
        network: Network,
        shape: &[usize],
        input: &[f32],
    ) -> Result<Outputs, EngineError> {
        let failed =
            |e: &dyn std::fmt::Display| EngineError::Failed { name: network.name(), reason: e.to_string() };
        self.with(network, |session| {
            let _stage = tracing::debug_span!("network", name = network.name()).entered();
            let tensor = TensorRef::from_array_view((shape, input)).map_err(|e| failed(&e))?;
            let outputs = session.run(ort::inputs![tensor]).map_err(|e| failed(&e))?;
            let mut all = Outputs::new();
            for (name, value) in &outputs {
                let (_, data) = value.try_extract_tensor::<f32>().map_err(|e| failed(&e))?;
                all.push((name.to_owned(), data.to_vec()));
            }
            Ok(all)
        })
    }

    fn with<T>(
        &self,
        network: Network,
        work: impl FnOnce(&mut Session) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let slot = &self.loaded[network as usize];
        // A panic elsewhere cannot have left a session half built: it is stored only when it is whole.
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match slot.take() {
            Some(session) => slot.insert(session),
            None => slot.insert(self.load(network)?),
        };
        work(session)
    }

    fn load(&self, network: Network) -> Result<Session, EngineError> {
        let file = self.folder.join(network.name());
        let bytes = checked(&file, network.name())?;
        let refused =
            |e: &dyn std::fmt::Display| EngineError::Refused { file: file.clone(), reason: e.to_string() };
        let environment = environment(&self.folder)?;
        let mut builder = Session::builder(&environment)
            .map_err(|e| refused(&e))?
            .with_optimization_level(GraphOptimizationLevel::All)
            .map_err(|e| refused(&e))?
            .with_intra_threads(network.threads())
            .map_err(|e| refused(&e))?;
        for (key, on) in network.settings() {
            builder = builder.with_config_entry(key, if on { "1" } else { "0" }).map_err(|e| refused(&e))?;
        }
        let session = builder.commit_from_memory(&bytes).map_err(|e| refused(&e))?;
        tracing::debug!(network = network.name(), "network loaded");
        Ok(session)
    }
}

/// Whether products of 8 bits are added up in 32. Older processors of this family do so in 16 bits and saturate; there the engine
/// is asked for its slower way, which gives the same numbers: every machine runs one network.
fn adds_in_32_bits() -> bool {
    #[cfg(target_arch = "x86_64")]
    let vnni = is_x86_feature_detected!("avx512vnni") || is_x86_feature_detected!("avxvnni");
    #[cfg(not(target_arch = "x86_64"))]
    let vnni = true;
    vnni
}

/// The bytes of a file, if they are those that the manifest names.
fn checked(file: &Path, name: &'static str) -> Result<Vec<u8>, EngineError> {
    let wanted = manifest::sha256(name).ok_or(EngineError::Unlisted { name })?;
    let bytes = std::fs::read(file).map_err(|_| EngineError::Missing { file: file.to_owned() })?;
    if hex::encode(Sha256::digest(&bytes)) == wanted {
        Ok(bytes)
    } else {
        Err(EngineError::WrongHash { file: file.to_owned() })
    }
}

/// The engine of this process. There can be only one, so the first folder asked for provides it.
fn environment(folder: &Path) -> Result<Environment, EngineError> {
    static ONE: Mutex<Option<Environment>> = Mutex::new(None);
    let mut one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = one.as_ref() {
        return Ok(environment.clone());
    }
    let file = folder.join(LIBRARY);
    checked(&file, LIBRARY)?;
    let refused = |reason: String| EngineError::Refused { file: file.clone(), reason };
    let file = std::path::absolute(&file).unwrap_or_else(|_| file.clone());
    crate::telemetry::disable_telemetry().map_err(|e| refused(e.to_string()))?;
    let environment = ort::init_from(&file)
        .map_err(|e| refused(e.to_string()))?
        .with_name("portrait")
        .with_telemetry(false)
        .build()
        .map_err(|e| refused(e.to_string()))?;
    Ok(one.insert(environment).clone())
}

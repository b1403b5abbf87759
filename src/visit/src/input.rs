//! Everything that can happen to a visit or to the staff panel.

use crate::clock::Moment;
use crate::personal::Payload;
use crate::reply::Reply;
use crate::sentence::Sentence;
use crate::ticket::Ticket;
use crate::touch::Touch;
use collection::EnrolmentId;
use sentences::Code;
use standard::Instruction;

/// The five check rows under the preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// 距离
    pub distance: bool,
    /// 位置
    pub position: bool,
    /// 姿势
    pub pose: bool,
    /// 光线
    pub light: bool,
    /// 眼睛
    pub eyes: bool,
}

/// What the live check saw in the newest frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// How many faces.
    pub faces: u32,
    /// The first thing to correct; `None` when all is well.
    pub instruction: Option<Instruction>,
    /// Which rows are ticked.
    pub ticks: Ticks,
    /// Whether a picture taken now would be good.
    pub ready: bool,
}

/// What the camera is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraNews {
    /// Opening.
    Starting,
    /// Frames come.
    Live,
    /// No frames; which sentence says why.
    Lost {
        /// Sentence code (`camera.unplugged`).
        code: Code,
    },
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Time passed.
    Tick(Moment),
    /// A finger.
    Touch(Touch),
    /// The camera.
    Camera(CameraNews),
    /// A code was read twice alike.
    Code(Payload),
    /// A code is seen but not read; the code of the sentence that helps.
    CodeSeen(Option<Code>),
    /// A live verdict.
    Live(Live),
    /// An answer to a question.
    Reply(Ticket, Reply),
    /// The submitted portrait reached the server.
    Uploaded,
    /// Staff stopped the kiosk with this notice, or lets it go on. A visit that runs comes to its end first.
    Pause(Option<Sentence>),
    /// Staff begins a visit for a student whose identity they checked themselves.
    Assisted(EnrolmentId),
}

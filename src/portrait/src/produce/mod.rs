//! Produces the registration portrait from a captured picture, or refuses with a reason.

mod attempt;
pub(crate) mod encode;
mod main_face;
pub(crate) mod place;
mod refusal;
mod stage;
mod study;
mod unplaced;

use crate::assess::{self, Assessment, CloseUp, Scene};
use crate::find::{self, Detection, Face, Mesh};
use crate::geometry::{Point, Window};
use crate::matte::region::Region;
use crate::matte::route::{BEST, FAST, Route};
use crate::models::{EngineError, Models};
use crate::parallel::both;
use crate::silhouette::Silhouette;
use attempt::{Attempt, Made};
use image::{GrayImage, RgbImage};
use place::{Borders, Head};
use stage::stage;
use standard::{BackgroundName, Preset, Verdict};

pub use encode::EncodeError;
pub(crate) use main_face::main_face;
pub use place::Rule as PlacementRule;
pub use refusal::{MakeError, Refusal};
pub use study::CutOut;
pub(crate) use study::cut_out;
pub(crate) use unplaced::Unplaced;

/// Long side of the copy on which faces of any size are found, pixels.
pub(crate) const FIND_SIDE: u32 = 640;
/// Hair that begins this near to the network's upper edge may be cut by it, over the region's height.
const REGION_ROOM: f32 = 0.012;

/// Options of `make`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MakeOptions {
    /// Refuse on blocking capture checks too.
    pub strict: bool,
    /// Also return the matte at the input's size.
    pub alpha: bool,
    /// Take the quicker way to a matte: single hairs soften.
    pub fast: bool,
}

impl MakeOptions {
    const fn route(self) -> &'static Route {
        if self.fast { &FAST } else { &BEST }
    }
}

/// A finished portrait.
#[derive(Clone, Debug)]
pub struct Portrait {
    /// The file, JFIF.
    pub jpeg: Vec<u8>,
    /// What the capture checks found on the input.
    pub capture: Assessment,
    /// What the file checks found on `jpeg`, decoded again.
    pub file: Assessment,
    /// The matte at the input's size, if it was asked for: 255 is the person.
    pub alpha: Option<GrayImage>,
}

/// Makes the portrait of `picture`.
pub(crate) fn make(
    models: &Models,
    picture: &RgbImage,
    preset: &Preset,
    background: BackgroundName,
    options: MakeOptions,
) -> Result<Portrait, MakeError> {
    let background_rgb = preset.background(background).ok_or_else(|| refused(Refusal::Background))?.rgb;
    let finding = stage("find");
    let faces = faces(models, picture)?;
    let mesh = Mesh::measure(models, picture, main_face(&faces).map_err(refused)?)?;
    face_is_whole(&mesh, picture).map_err(refused)?;
    drop(finding);
    let outlining = stage("outline");
    let route = options.route();
    let Met { face, close_up, silhouette, placed } = meet(models, route, picture, &faces[0], &mesh, preset)?;
    drop(outlining);
    let (faces, face, close_up) = (&faces[..], &face, &close_up);
    let scene =
        Scene { picture, faces, face, close_up, silhouette: &silhouette, placed, background_rgb, preset };
    let window = match window_for(&scene) {
        Ok(window) => window,
        Err(refusal) => return Err(stop(refusal, assess::judge(&scene))),
    };
    let attempt =
        Attempt { models, route, picture, silhouette: &silhouette, preset, background, background_rgb };
    let (capture, made) = judge_in_parallel(&scene, || attempt.fill(&window, false));
    if options.strict && capture.verdict == Verdict::Block {
        return Err(stop(Refusal::Capture(capture.blocking()), capture));
    }
    let mut made = made?;
    // The finished file is measured independently of the picture. Where the two differ slightly, the file's measurement counts.
    if made.misplaced()
        && let Some(better) = made.corrected(&borders_of(&silhouette, picture), preset)
    {
        made = attempt.fill(&better, false)?;
    }
    if made.stained() {
        made = attempt.fill(&made.window, true)?;
    }
    if made.file.verdict == Verdict::Block {
        return Err(stop(Refusal::File(made.file.blocking()), capture));
    }
    let alpha = if options.alpha { Some(spread(models, picture, face, &made)?) } else { None };
    Ok(Portrait { jpeg: made.jpeg, capture, file: made.file, alpha })
}

/// The window that fulfils the standard, or why there is none.
fn window_for(scene: &Scene<'_>) -> Result<Window, Refusal> {
    if scene.silhouette.hair_is_cut(scene.face) {
        return Err(Refusal::HairCut);
    }
    let window = scene.placed?;
    let (factor, limit) = (f64::from(window.scale), scene.preset.enlargement_max);
    if factor > limit { Err(Refusal::Enlargement { factor, limit }) } else { Ok(window) }
}

/// Makes the capture checks while `work` runs on another thread.
fn judge_in_parallel<T>(scene: &Scene<'_>, work: impl FnOnce() -> T) -> (Assessment, T) {
    let judging = || {
        let _stage = stage("assess");
        assess::judge(scene)
    };
    both(judging, work)
}

fn stop(refusal: Refusal, capture: Assessment) -> MakeError {
    MakeError::Refused { refusal, capture: Some(Box::new(capture)) }
}

fn refused(refusal: Refusal) -> MakeError {
    MakeError::Refused { refusal, capture: None }
}

/// Every face of a captured picture, the largest first. On a smaller copy the boxes jitter under compression, and the head's
/// pitch with them by more than a degree.
pub(crate) fn faces(models: &Models, picture: &RgbImage) -> Result<Vec<Detection>, EngineError> {
    find::people(models, picture, FIND_SIDE)
}

/// Chin and cheeks lie inside of the picture.
pub(crate) fn face_is_whole(face: &Mesh, picture: &RgbImage) -> Result<(), Refusal> {
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    if face.chin().y >= h - 1.0 {
        return Err(Refusal::ChinCut);
    }
    let [l, r] = face.cheeks();
    if l.x < 1.0 || r.x > w - 1.0 {
        return Err(Refusal::CheekCut);
    }
    Ok(())
}

/// The portrait's window as an outline suggests it.
pub(crate) fn window_of(
    silhouette: &Silhouette,
    face: &Face,
    picture: &RgbImage,
    preset: &Preset,
) -> Result<Window, Unplaced> {
    let hair_top = silhouette.hair_top(face).ok_or(Unplaced::NoOutline)?;
    let head = Head { hair_top, eye_line: face.eyes().y, axis: face.axis(), width: face.width() };
    place::place(&head, &borders_of(silhouette, picture), preset).map_err(Unplaced::Rule)
}

fn borders_of(silhouette: &Silhouette, picture: &RgbImage) -> Borders {
    Borders { width: picture.width() as f32, height: picture.height() as f32, touch: silhouette.touch() }
}

/// The main person, as far as the captured picture tells.
pub(super) struct Met {
    pub(super) face: Face,
    pub(super) close_up: CloseUp,
    pub(super) silhouette: Silhouette,
    pub(super) placed: Result<Window, Unplaced>,
}

/// Looks at the person from near and from far at the same time: pupils and skin on one thread, the outline on another.
pub(super) fn meet(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
    main: &Detection,
    mesh: &Mesh,
    preset: &Preset,
) -> Result<Met, EngineError> {
    let region = Region::guess(mesh, preset).within(&Region::of_picture(picture));
    let near = || {
        let pupils = find::pupils(models, picture, mesh)?;
        let face = Face::new(main.clone(), mesh.clone(), pupils);
        let close_up = CloseUp::of(picture, &face);
        Ok::<_, EngineError>((face, close_up))
    };
    let (near, far) = both(near, || silhouette(models, route, picture, mesh, &region));
    let ((face, close_up), first) = (near?, far?);
    let (silhouette, placed) = outline(models, route, picture, &face, preset, region, first)?;
    Ok(Met { face, close_up, silhouette, placed })
}

/// What the matting network sees of the person in `region`.
fn silhouette(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
    mesh: &Mesh,
    region: &Region,
) -> Result<Silhouette, EngineError> {
    let (alpha, window) = route.look(models, picture, region)?;
    Ok(Silhouette::of_matte(alpha, window, mesh, picture))
}

/// The outline, `first` or a better one, and the window that it leads to. The network looks a second time if the hair or the
/// window reaches beyond what it saw.
fn outline(
    models: &Models,
    route: &Route,
    picture: &RgbImage,
    face: &Face,
    preset: &Preset,
    region: Region,
    first: Silhouette,
) -> Result<(Silhouette, Result<Window, Unplaced>), EngineError> {
    let again = |region: &Region| {
        let silhouette = silhouette(models, route, picture, &face.mesh, region)?;
        let placed = window_of(&silhouette, face, picture, preset);
        Ok::<_, EngineError>((silhouette, placed))
    };
    let whole = Region::of_picture(picture);
    let placed = window_of(&first, face, picture, preset);
    let hair = first.hair_top(face).unwrap_or(region.top);
    let cut_by_region = region.top > 0.0 && hair - region.top < REGION_ROOM * region.height;
    match placed {
        _ if cut_by_region => again(&region.raised().within(&whole)),
        Ok(window) if !region.covers(&Region::frame(&window, preset).within(&whole)) => {
            again(&Region::around(&window, preset).within(&whole))
        }
        _ => Ok((first, placed)),
    }
}

/// The matte at the input's size: the refined one where the portrait is, the network's around it.
fn spread(models: &Models, picture: &RgbImage, face: &Face, made: &Made) -> Result<GrayImage, EngineError> {
    let (alpha, window) = BEST.look_at_all(models, picture)?;
    let around = Silhouette::of_matte(alpha, window, &face.mesh, picture);
    let refined = &made.alpha;
    Ok(GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let p = Point::new(x as f32 + 0.5, y as f32 + 0.5);
        let q = made.window.forward(p);
        let inside = q.x >= 0.0 && q.y >= 0.0 && q.x < refined.width as f32 && q.y < refined.height as f32;
        let alpha = if inside { refined.bilinear(q) } else { around.at(p).unwrap_or(0.0) };
        image::Luma([(alpha * 255.0 + 0.5) as u8])
    }))
}

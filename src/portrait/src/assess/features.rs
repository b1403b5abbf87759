//! Eyes, mouth and the head's pose, from the mesh.

use super::iso::IsoComponent as Iso;
use super::scene::Finding;
use crate::find::{Face, Mesh};
use standard::CheckName as C;

/// Matched points of upper and lower lid, image-left eye.
const LIDS_LEFT: [(usize, usize); 3] = [(160, 144), (159, 145), (158, 153)];
/// Matched points of upper and lower lid, image-right eye.
const LIDS_RIGHT: [(usize, usize); 3] = [(385, 380), (386, 374), (387, 373)];
/// Matched points of the inner lips.
const LIPS: [(usize, usize); 3] = [(81, 178), (13, 14), (311, 402)];

pub(super) fn measure(face: &Face) -> Vec<Finding> {
    let mesh = &face.mesh;
    let tall = eyes_to_chin(mesh);
    let (eyes, mouth) = (f64::from(eye_opening(mesh) / tall), f64::from(gap(mesh, &LIPS) / tall));
    vec![
        // Degrees, not ISO's score, which is flat where the limits are.
        (C::HeadPoseYaw, Some(f64::from(face.pose.yaw))),
        (C::HeadPosePitch, Some(f64::from(face.pose.pitch))),
        (C::HeadPoseRoll, Some(f64::from(face.pose.roll))),
        (C::PupilLineAngle, Some(f64::from(face.pupil_angle()))),
        // ISO EyesOpen: the narrower eye's largest lid distance over the distance of eyes and chin.
        (C::EyesOpen, Some(Iso::EyesOpen.score(eyes))),
        // ISO MouthClosed: largest inner-lip distance over the same.
        (C::MouthClosed, Some(Iso::MouthClosed.score(mouth))),
    ]
}

/// ISO's T: from the middle of the eyes to the chin, pixels.
pub(super) fn eyes_to_chin(mesh: &Mesh) -> f32 {
    let [l, r] = mesh.eye_centres();
    l.midpoint(r).distance(mesh.at(152)).max(1.0)
}

fn gap(mesh: &Mesh, pairs: &[(usize, usize)]) -> f32 {
    pairs.iter().map(|(a, b)| mesh.at(*a).distance(mesh.at(*b))).fold(0.0, f32::max)
}

fn eye_opening(mesh: &Mesh) -> f32 {
    gap(mesh, &LIDS_LEFT).min(gap(mesh, &LIDS_RIGHT))
}

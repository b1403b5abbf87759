//! Which way the head points, degrees.
//!
//! The mesh's rigid points are brought over the canonical face (MediaPipe's `canonical_face_model`, Apache-2.0) by the
//! rotation that fits best (Horn 1987, unit quaternions), and that rotation is split as OFIQ splits its own:
//! R = Rx(pitch) Ry(yaw) Rz(roll). ISO's estimator is another network, so single degrees may differ.

use super::mesh::Mesh;

/// Mesh index and canonical place (x to the image's right, y up, z towards the camera, about centimetres). Only one side
/// is listed; the other mirrors it. All are points that neither jaw nor brows nor lips move much.
const SIDES: [(usize, usize, [f32; 3]); 10] = [
    (33, 263, [4.446, 2.664, 3.173]),
    (133, 362, [1.856, 2.585, 3.758]),
    (127, 356, [7.743, 2.365, -2.005]),
    (234, 454, [7.664, 0.673, -2.436]),
    (162, 389, [7.556, 4.107, -0.992]),
    (21, 251, [7.088, 5.435, 0.100]),
    (54, 284, [6.279, 6.615, 1.426]),
    (67, 297, [3.524, 8.006, 3.729]),
    (117, 346, [5.259, 0.946, 2.974]),
    (129, 358, [1.786, -0.978, 4.850]),
];
/// Points on the face's axis.
const MIDDLE: [(usize, [f32; 3]); 5] = [
    (1, [0.0, -1.127, 7.476]),
    (5, [0.0, 0.366, 7.243]),
    (6, [0.0, 2.473, 5.789]),
    (168, [0.0, 3.271, 5.236]),
    (10, [0.0, 8.262, 4.482]),
];

/// Pitch that the mesh gives an upright head, degrees. Median over 37 portraits of people looking at the camera; the spread of
/// those (quartiles 4 degrees apart from it) bounds the method's error from above, because people do nod.
const UPRIGHT: f32 = -4.7;

/// The head's pose, degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pose {
    /// Positive: turned towards the image's right, which is the subject's left.
    pub(crate) yaw: f32,
    /// Positive: looking up.
    pub(crate) pitch: f32,
    /// Positive: the image-right eye is lower.
    pub(crate) roll: f32,
}

impl Pose {
    pub(crate) fn of(mesh: &Mesh) -> Pose {
        let mut pairs = Vec::with_capacity(SIDES.len() * 2 + MIDDLE.len());
        let solid = |i: usize| {
            let [x, y, z] = mesh.solid(i);
            [x, -y, -z]
        };
        for (left, right, [x, y, z]) in SIDES {
            pairs.push(([-x, y, z], solid(left)));
            pairs.push(([x, y, z], solid(right)));
        }
        pairs.extend(MIDDLE.iter().map(|(i, p)| (*p, solid(*i))));
        let raw = Pose::split(&rotation(&pairs));
        Pose { pitch: raw.pitch - UPRIGHT, ..raw }
    }

    fn split(r: &[[f32; 3]; 3]) -> Pose {
        // With y up and z towards the camera: Ry(yaw) turns the nose to +x, Rx(-pitch) lifts it, Rz(-roll) tilts.
        let yaw = r[0][2].clamp(-1.0, 1.0).asin();
        let pitch = r[1][2].atan2(r[2][2]);
        let roll = r[0][1].atan2(r[0][0]);
        Pose { yaw: yaw.to_degrees(), pitch: pitch.to_degrees(), roll: roll.to_degrees() }
    }
}

/// A canonical point and the same one as measured.
type Pair = ([f32; 3], [f32; 3]);

/// The rotation that turns the first points of `pairs` into the second ones, both about their means.
fn rotation(pairs: &[Pair]) -> [[f32; 3]; 3] {
    let n = pairs.len() as f32;
    let mean = |pick: fn(&Pair) -> [f32; 3]| {
        let mut sum = [0.0; 3];
        pairs.iter().for_each(|p| (0..3).for_each(|c| sum[c] += pick(p)[c] / n));
        sum
    };
    let (a, b) = (mean(|p| p.0), mean(|p| p.1));
    let mut s = [[0.0f32; 3]; 3];
    for (p, q) in pairs {
        for i in 0..3 {
            for j in 0..3 {
                s[i][j] += (p[i] - a[i]) * (q[j] - b[j]);
            }
        }
    }
    let trace = s[0][0] + s[1][1] + s[2][2];
    let (yz, zx, xy) = (s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]);
    let off = |i: usize, j: usize| s[i][j] + s[j][i];
    let profile = [
        [trace, yz, zx, xy],
        [yz, 2.0 * s[0][0] - trace, off(0, 1), off(0, 2)],
        [zx, off(0, 1), 2.0 * s[1][1] - trace, off(1, 2)],
        [xy, off(0, 2), off(1, 2), 2.0 * s[2][2] - trace],
    ];
    matrix(dominant(profile))
}

/// The eigenvector of the largest eigenvalue: the matrix is shifted to be positive and squared until only that is left.
fn dominant(mut m: [[f32; 4]; 4]) -> [f32; 4] {
    let shift: f32 = m.iter().flatten().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    for (i, row) in m.iter_mut().enumerate() {
        row[i] += shift;
    }
    for _ in 0..12 {
        let largest = m.iter().flatten().fold(1e-20f32, |a, v| a.max(v.abs()));
        let scaled = m.map(|row| row.map(|v| v / largest));
        m = std::array::from_fn(|i| {
            std::array::from_fn(|j| (0..4).map(|k| scaled[i][k] * scaled[k][j]).sum())
        });
    }
    let column = (0..4).max_by(|i, j| m[*i][*i].total_cmp(&m[*j][*j])).unwrap_or(0);
    let v = m[column];
    let length = v.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-20);
    v.map(|x| x / length)
}

fn matrix([w, x, y, z]: [f32; 4]) -> [[f32; 3]; 3] {
    [
        [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)],
        [2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x)],
        [2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y)],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(axis: usize, degrees: f32) -> Pose {
        let (s, c) = degrees.to_radians().sin_cos();
        let turn = |[x, y, z]: [f32; 3]| match axis {
            0 => [x, y * c - z * s, y * s + z * c],
            1 => [x * c + z * s, y, -x * s + z * c],
            _ => [x * c - y * s, x * s + y * c, z],
        };
        let mut pairs: Vec<_> = MIDDLE.iter().map(|(_, p)| (*p, turn(*p))).collect();
        for (_, _, [x, y, z]) in SIDES {
            pairs.push(([x, y, z], turn([x, y, z])));
            pairs.push(([-x, y, z], turn([-x, y, z])));
        }
        Pose::split(&rotation(&pairs))
    }

    #[test]
    fn each_angle_comes_back_with_its_sign_and_moves_no_other() {
        for degrees in [-25.0, -4.0, 0.0, 7.5, 30.0] {
            let yaw = turned(1, degrees);
            assert!(
                (yaw.yaw - degrees).abs() < 0.1 && yaw.pitch.abs() < 0.1 && yaw.roll.abs() < 0.1,
                "{yaw:?}"
            );
            // A turn about x by a positive angle (y to z) lowers the nose: z to -y.
            let pitch = turned(0, degrees);
            assert!((pitch.pitch + degrees).abs() < 0.1 && pitch.yaw.abs() < 0.1, "{pitch:?}");
            // A turn by a positive angle lifts the image-right eye.
            let roll = turned(2, degrees);
            assert!((roll.roll + degrees).abs() < 0.1 && roll.yaw.abs() < 0.1, "{roll:?}");
        }
    }
}

//! Flattens a sheet that is not flat (a T-shirt, a curved page, a crumpled print): nodes are shifted until the modules are
//! as plainly dark or light as they can be, and the known ones are what they must be.

use super::blueprint::Blueprint;
use super::flat::{Flat, MOST_NODES};

/// Weight of a known module against an unknown one.
const KNOWN: f32 = 2.0;
/// What a difference of one module between neighbouring nodes costs, in modules' worth of value.
const STIFF: f32 = 1.5;

/// Finds the bend, coarse first.
pub(crate) fn flatten(flat: &mut Flat, plan: &Blueprint) {
    let finest = (flat.side / 9 + 1).clamp(4, MOST_NODES);
    for (nodes, steps) in [(3, [0.8, 0.4].as_slice()), (finest, &[0.5, 0.25, 0.12])] {
        flat.subdivide(nodes);
        for step in steps {
            for _ in 0..2 {
                if !sweep(flat, plan, *step) {
                    break;
                }
            }
        }
    }
}

/// Tries to shift every node once by `step`; whether anything got better.
fn sweep(flat: &mut Flat, plan: &Blueprint, step: f32) -> bool {
    let mut better = false;
    for node in 0..flat.shifts.len() {
        let start = flat.shifts[node];
        let mut best = (worth(flat, plan, node), start);
        for (dx, dy) in super::blueprint::square(1) {
            if (dx, dy) == (0, 0) {
                continue;
            }
            flat.shifts[node] = (start.0 + step * dx as f32, start.1 + step * dy as f32);
            let now = worth(flat, plan, node);
            if now > best.0 + 1e-3 {
                best = (now, flat.shifts[node]);
            }
        }
        better |= best.1 != start;
        flat.shifts[node] = best.1;
    }
    better
}

/// How plain the modules about a node are, less what its shift costs.
fn worth(flat: &Flat, plan: &Blueprint, node: usize) -> f32 {
    let (nodes, side) = (flat.nodes, flat.side);
    let (i, j) = (node % nodes, node / nodes);
    let from = |n: usize| n.saturating_sub(1) * side / (nodes - 1);
    let to = |n: usize| ((n + 1) * side).div_ceil(nodes - 1).min(side);
    let mut sum = 0.0;
    for y in from(j)..to(j) {
        for x in from(i)..to(i) {
            let value = flat.cell(x, y).clamp(-1.2, 1.2);
            sum += match plan.known(x as i32, y as i32) {
                Some(dark) => KNOWN * if dark { value } else { -value },
                None => value.abs(),
            };
        }
    }
    let here = flat.shifts[node];
    let mut cost = 0.0;
    for (di, dj) in [(-1i32, 0i32), (1, 0), (0, -1), (0, 1)] {
        let (u, v) = (i as i32 + di, j as i32 + dj);
        if (0..nodes as i32).contains(&u) && (0..nodes as i32).contains(&v) {
            let other = flat.shifts[v as usize * nodes + u as usize];
            cost += (here.0 - other.0).powi(2) + (here.1 - other.1).powi(2);
        }
    }
    sum - STIFF * cost
}

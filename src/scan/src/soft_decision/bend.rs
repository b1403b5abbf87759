//! Flattens a code on a bent sheet (a T-shirt, a curved page, a crumpled print): the nodes of a grid are shifted until the
//! modules are as clearly dark or light as possible and the function patterns match.

use super::function_patterns::FunctionPatterns;
use super::rectified::{MAX_NODES, Rectified};

/// Weight of a known module against an unknown one.
const KNOWN: f32 = 2.0;
/// What a difference of one module between neighbouring nodes costs, in modules' worth of value.
const STIFF: f32 = 1.5;

/// Finds the bend, coarse first.
pub(crate) fn flatten(code: &mut Rectified, patterns: &FunctionPatterns) {
    let finest = (code.side / 9 + 1).clamp(4, MAX_NODES);
    for (nodes, steps) in [(3, [0.8, 0.4].as_slice()), (finest, &[0.5, 0.25, 0.12])] {
        code.subdivide(nodes);
        for step in steps {
            for _ in 0..2 {
                if !sweep(code, patterns, *step) {
                    break;
                }
            }
        }
    }
}

/// Tries to shift every node once by `step`; returns whether anything improved.
fn sweep(code: &mut Rectified, patterns: &FunctionPatterns, step: f32) -> bool {
    let mut better = false;
    for node in 0..code.shifts.len() {
        let start = code.shifts[node];
        let mut best = (score(code, patterns, node), start);
        for (dx, dy) in super::function_patterns::square(1) {
            if (dx, dy) == (0, 0) {
                continue;
            }
            code.shifts[node] = (start.0 + step * dx as f32, start.1 + step * dy as f32);
            let now = score(code, patterns, node);
            if now > best.0 + 1e-3 {
                best = (now, code.shifts[node]);
            }
        }
        better |= best.1 != start;
        code.shifts[node] = best.1;
    }
    better
}

/// How clear the modules around a node are, minus the cost of its shift.
fn score(code: &Rectified, patterns: &FunctionPatterns, node: usize) -> f32 {
    let (nodes, side) = (code.nodes, code.side);
    let (i, j) = (node % nodes, node / nodes);
    let from = |n: usize| n.saturating_sub(1) * side / (nodes - 1);
    let to = |n: usize| ((n + 1) * side).div_ceil(nodes - 1).min(side);
    let mut sum = 0.0;
    for y in from(j)..to(j) {
        for x in from(i)..to(i) {
            let value = code.module(x, y).clamp(-1.2, 1.2);
            sum += match patterns.known(x as i32, y as i32) {
                Some(dark) => KNOWN * if dark { value } else { -value },
                None => value.abs(),
            };
        }
    }
    let here = code.shifts[node];
    let mut cost = 0.0;
    for (di, dj) in [(-1i32, 0i32), (1, 0), (0, -1), (0, 1)] {
        let (u, v) = (i as i32 + di, j as i32 + dj);
        if (0..nodes as i32).contains(&u) && (0..nodes as i32).contains(&v) {
            let other = code.shifts[v as usize * nodes + u as usize];
            cost += (here.0 - other.0).powi(2) + (here.1 - other.1).powi(2);
        }
    }
    sum - STIFF * cost
}

//! Runs two pieces of work in parallel: the machine has two cores, and no stage of a portrait leaves one of them idle.

/// Runs `other` on a new thread and `here` on this one. A panic of either is resumed in the caller.
pub(crate) fn both<A: Send, B>(other: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let here = here();
        (other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), here)
    })
}

/// Calls `work(first row, rows)` for the upper and the lower half of `data` at the same time.
pub(crate) fn in_halves<T: Send>(data: &mut [T], width: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let rows = data.len() / width.max(1);
    let (upper, lower) = data.split_at_mut(rows / 2 * width);
    both(|| work(0, upper), || work(rows / 2, lower));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_are_done_and_know_where_they_begin() {
        let mut rows = vec![0usize; 7 * 3];
        in_halves(&mut rows, 3, |first, part| {
            part.chunks_mut(3).enumerate().for_each(|(i, row)| row.fill(first + i));
        });
        assert!(rows.iter().enumerate().all(|(i, row)| *row == i / 3));
    }

    #[test]
    #[should_panic(expected = "of the other")]
    fn a_panic_of_the_other_thread_is_not_lost() {
        both(|| panic!("of the other"), || ());
    }
}

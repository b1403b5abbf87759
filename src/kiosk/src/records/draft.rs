//! A portrait that was made and not submitted: kept with its entry, shown again at the next scan, let go of when another one
//! takes its place.

use super::in_hand::NewestProduction;
use super::keep::pictures;
use super::{Photos, RecordsWorker};
use crate::vault::Capture;
use collection::{EnrolmentId, Kind};
use store::{PictureRole, StoreError};
use visit::{Compared, Draft, Made, Production};

impl RecordsWorker {
    /// Keeps a production, with the portrait attached.
    pub(super) fn produced(&mut self, production: &Production, photos: Option<&Photos>) {
        let Production { of, portrait, day, comparison, .. } = production;
        let earlier = self.store.enrolment(of.enrolment).ok().and_then(|e| e.draft);
        let both = photos.map(pictures);
        let kind = Kind::Produced { day: *day, comparison: *comparison };
        let attached = both.as_ref().map_or(&[][..], |both| both.as_slice());
        let entry = match self.append_with(of, None, kind, attached) {
            Ok(entry) => {
                if let Some(earlier) = earlier {
                    self.discard(earlier);
                }
                Some(entry.id)
            }
            Err(error) => {
                tracing::error!(%error, "a production could not be kept; its submission keeps it or fails");
                None
            }
        };
        let newest = NewestProduction { portrait: *portrait, day: *day, entry };
        self.in_hand.entry(of.enrolment).or_default().production = Some(newest);
    }

    /// A portrait that was not chosen goes; the entry that counts it stays.
    pub(super) fn discard(&self, produced: collection::EntryId) {
        if let Err(error) = self.store.discard_pictures(produced) {
            tracing::warn!(%error, "a portrait that is not needed any more could not be removed");
        }
    }

    /// The portrait that waits, laid into the vault. `None` when it was made at another kiosk or cannot be read.
    pub(super) fn draft(&mut self, enrolment: EnrolmentId) -> Option<Draft> {
        match self.fetch(enrolment) {
            Ok(draft) => draft,
            Err(error) => {
                tracing::error!(%error, "a portrait that was made could not be fetched");
                None
            }
        }
    }

    fn fetch(&mut self, enrolment: EnrolmentId) -> Result<Option<Draft>, StoreError> {
        let Some(id) = self.store.enrolment(enrolment)?.draft else { return Ok(None) };
        let Some(entry) = self.store.entry(id)? else { return Ok(None) };
        let Kind::Produced { comparison, day } = entry.kind else { return Ok(None) };
        let mut pictures = self.store.pictures_of(id)?;
        let mut take = |role| {
            let at = pictures.iter().position(|p| p.role == role)?;
            Some(pictures.swap_remove(at).bytes)
        };
        let (Some(portrait), Some(original)) = (take(PictureRole::Portrait), take(PictureRole::Original))
        else {
            return Ok(None);
        };
        let Ok(image) = portrait::decode(&original) else { return Ok(None) };
        let bytes = u32::try_from(portrait.len()).unwrap_or(u32::MAX);
        let vault = &self.context.vault;
        let portrait = vault.put_portrait(portrait.to_vec());
        let original = vault.put_capture(Capture { image, original: original.to_vec() });
        let newest = NewestProduction { portrait, day, entry: Some(id) };
        self.in_hand.entry(enrolment).or_default().production = Some(newest);
        Ok(Some(Draft {
            made: Made { portrait, bytes, checks: Vec::new() },
            original,
            compared: Compared { band: comparison, score_tenths: None, same_photo: false },
        }))
    }
}

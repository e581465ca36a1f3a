//! A picture as readers get it: where its renditions are, and how it stands in a page.

use maud::{Markup, html};

use crate::{
    media,
    rendition::{FocalPoint, Format, Rendition, Shape, WIDTHS},
};

/// What a reader needs of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What editors call it: the name of its file.
    pub name: String,
    /// Of the stored bytes, in hexadecimal: where it is served.
    pub sha256: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// For those who do not see it; empty when it only decorates, or nobody has written it yet.
    pub alt: String,
    /// Whether somebody still has to say what it shows, or that it only decorates.
    pub lacks_alt: bool,
    /// Who made it; may be empty.
    pub credit: String,
    /// What must stay in view when it is cropped.
    pub focal: FocalPoint,
}

impl From<&media::Model> for Picture {
    fn from(row: &media::Model) -> Self {
        let pixels = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok()).unwrap_or(0);
        let percent = |value: i16| u8::try_from(value.clamp(0, 100)).unwrap_or(50);
        Self {
            name: row.file_name.clone(),
            sha256: row.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            width: pixels(row.width),
            height: pixels(row.height),
            alt: row.alt.clone(),
            lacks_alt: row.lacks_alt(),
            credit: row.credit.clone(),
            focal: FocalPoint { x: percent(row.focal_x), y: percent(row.focal_y) },
        }
    }
}

impl Picture {
    /// Where the stored bytes are: `/media/<sha256>`.
    pub fn path(&self) -> String {
        format!("/media/{}", self.sha256)
    }

    /// Where a rendition is: `/media/<sha256>/640.avif`. A width between those that are offered is rounded up.
    pub fn url(&self, width: u32, shape: Shape, format: Format) -> String {
        let width = WIDTHS.into_iter().find(|offered| *offered >= width).or(WIDTHS.last().copied()).unwrap_or(width);
        format!("{}/{}", self.path(), Rendition { width, shape, focal: self.focal, format })
    }

    /// How large it is in this shape, in pixels, before it is scaled down.
    pub fn size(&self, shape: Shape) -> (u32, u32) {
        let frame = shape.frame(self.width, self.height, self.focal);
        (frame.width, frame.height)
    }

    /// Its renditions with their widths, as `srcset` takes them: none twice, and none larger than it is itself.
    pub fn srcset(&self, shape: Shape, format: Format) -> String {
        let (own, _) = self.size(shape);
        let mut offered = Vec::new();
        for width in WIDTHS {
            offered.push(format!("{} {}w", self.url(width, shape, format), width.min(own)));
            if width >= own {
                break;
            }
        }
        offered.join(", ")
    }

    /// In every format, the browser to choose; `sizes` says how wide it stands in the page, `alt` what it shows there.
    pub fn draw(&self, shape: Shape, sizes: &str, alt: &str) -> Markup {
        let (width, height) = self.size(shape);
        html! {
            picture {
                @for format in [Format::Avif, Format::Webp] {
                    source type=(format.mime_type()) srcset=(self.srcset(shape, format)) sizes=(sizes);
                }
                img src=(self.url(960, shape, Format::Jpeg)) srcset=(self.srcset(shape, Format::Jpeg)) sizes=(sizes)
                    width=(width) height=(height) alt=(alt) loading="lazy" decoding="async";
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Picture {
        Picture {
            name: "hills.jpg".to_owned(),
            sha256: "ab".to_owned(),
            width,
            height,
            alt: "Hills".to_owned(),
            lacks_alt: false,
            credit: String::new(),
            focal: FocalPoint { x: 20, y: 50 },
        }
    }

    #[test]
    fn what_is_offered_ends_with_its_own_width() {
        assert_eq!(
            picture(700, 400).srcset(Shape::Whole, Format::Avif),
            "/media/ab/160.avif 160w, /media/ab/320.avif 320w, /media/ab/640.avif 640w, /media/ab/960.avif 700w"
        );
        assert_eq!(
            picture(700, 400).srcset(Shape::Square, Format::Jpeg),
            "/media/ab/160-1x1-20-50.jpg 160w, /media/ab/320-1x1-20-50.jpg 320w, /media/ab/640-1x1-20-50.jpg 400w"
        );
        assert!(picture(4000, 3000).srcset(Shape::Whole, Format::Webp).ends_with("/media/ab/2560.webp 2560w"));
        assert_eq!(picture(4000, 3000).url(1000, Shape::Whole, Format::Webp), "/media/ab/1280.webp");
    }
}

//! How a picture is offered: in which widths, shapes and formats, and what each such file is called.
//!
//! A name says everything that the bytes depend on, so what is at an address never changes: `640.avif` is the whole
//! picture, `640-16x9-50-33.webp` a part of it around its focal point.

use std::{fmt, str::FromStr};

use async_graphql::{Enum, SimpleObject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The widths in which pictures are offered, in pixels.
pub const WIDTHS: [u32; 7] = [160, 320, 640, 960, 1280, 1920, 2560];

/// How a picture is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "ImageFormat")]
pub enum Format {
    /// The smallest; read by every browser of the last years.
    Avif,
    /// Small; read by nearly every browser.
    Webp,
    /// Read everywhere. What is transparent becomes white.
    Jpeg,
}

/// Which part of a picture is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Enum)]
#[graphql(name = "ImageShape")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Shape {
    /// All of it.
    #[default]
    Whole,
    /// Sixteen to nine, around the focal point.
    Landscape,
    /// As wide as high, around the focal point.
    Square,
    /// Four to five, around the focal point.
    Portrait,
}

/// What must stay in view when a picture is cropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, SimpleObject)]
pub struct FocalPoint {
    /// From the left, in percent: 0 to 100.
    pub x: u8,
    /// From above, in percent: 0 to 100.
    pub y: u8,
}

/// One way in which a picture is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rendition {
    /// One of [`WIDTHS`]; a smaller picture stays as wide as it is.
    pub width: u32,
    /// Which part of it.
    pub shape: Shape,
    /// Around what; it has no bearing on the whole picture.
    pub focal: FocalPoint,
    /// How it is encoded.
    pub format: Format,
}

/// A part of a picture, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where it begins, from the left.
    pub x: u32,
    /// Where it begins, from above.
    pub y: u32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

impl Default for FocalPoint {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Format {
    /// Every format, the smallest files first.
    pub const ALL: [Self; 3] = [Self::Avif, Self::Webp, Self::Jpeg];

    /// As HTTP and HTML name it.
    pub const fn mime_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Landscape, Self::Square, Self::Portrait];

    /// Width to height; nothing for the whole picture, whose own it is.
    const fn aspect(self) -> Option<(u32, u32)> {
        match self {
            Self::Whole => None,
            Self::Landscape => Some((16, 9)),
            Self::Square => Some((1, 1)),
            Self::Portrait => Some((4, 5)),
        }
    }

    /// The largest part of a picture of this size that has this shape, with the focal point as near its middle as the
    /// edges allow.
    pub fn frame(self, width: u32, height: u32, focal: FocalPoint) -> Frame {
        let Some((wide, high)) = self.aspect() else { return Frame { x: 0, y: 0, width, height } };
        let (wide, high) = (u64::from(wide), u64::from(high));
        let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX).max(1);
        let part_width = narrow(u64::from(height) * wide / high).min(width);
        let part_height = narrow(u64::from(width) * high / wide).min(height);
        let begin = |whole: u32, part: u32, percent: u8| {
            let middle = u64::from(whole) * u64::from(percent.min(100)) / 100;
            let begin = middle.saturating_sub(u64::from(part) / 2);
            u32::try_from(begin).unwrap_or(u32::MAX).min(whole.saturating_sub(part))
        };
        Frame {
            x: begin(width, part_width, focal.x),
            y: begin(height, part_height, focal.y),
            width: part_width,
            height: part_height,
        }
    }
}

impl fmt::Display for Rendition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, shape, focal, format } = self;
        match shape.aspect() {
            None => write!(f, "{width}.{}", format.ending()),
            Some((wide, high)) => {
                write!(f, "{width}-{wide}x{high}-{}-{}.{}", focal.x, focal.y, format.ending())
            }
        }
    }
}

/// A name that no rendition has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRendition;

impl FromStr for Rendition {
    type Err = UnknownRendition;

    fn from_str(name: &str) -> Result<Self, UnknownRendition> {
        let (stem, ending) = name.split_once('.').ok_or(UnknownRendition)?;
        let mut parts = stem.split('-');
        let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
        let width = number().filter(|width| WIDTHS.contains(width)).ok_or(UnknownRendition)?;
        let format = Format::ALL.into_iter().find(|format| format.ending() == ending).ok_or(UnknownRendition)?;
        let aspect = parts.next();
        let mut percent = || parts.next().and_then(|part| part.parse::<u8>().ok()).filter(|percent| *percent <= 100);
        let focal = match aspect {
            None => FocalPoint::default(),
            Some(_) => FocalPoint { x: percent().ok_or(UnknownRendition)?, y: percent().ok_or(UnknownRendition)? },
        };
        // Written anew it must be the same, so that each rendition has one name.
        Shape::ALL
            .into_iter()
            .map(|shape| Self { width, shape, focal, format })
            .find(|rendition| rendition.to_string() == name)
            .ok_or(UnknownRendition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written_and_there_is_no_other() {
        let focal = FocalPoint { x: 5, y: 100 };
        for (rendition, name) in [
            (
                Rendition { width: 640, shape: Shape::Whole, focal: FocalPoint::default(), format: Format::Avif },
                "640.avif",
            ),
            (Rendition { width: 160, shape: Shape::Landscape, focal, format: Format::Webp }, "160-16x9-5-100.webp"),
            (Rendition { width: 2560, shape: Shape::Portrait, focal, format: Format::Jpeg }, "2560-4x5-5-100.jpg"),
        ] {
            assert_eq!(rendition.to_string(), name);
            assert_eq!(name.parse(), Ok(rendition));
        }
        for other in [
            "",
            "640",
            "641.jpg",
            "0640.jpg",
            "+640.jpg",
            "640.jpeg",
            "640.svg",
            "640-16x9.jpg",
            "640-16x9-5-101.jpg",
            "640-16x9-05-5.jpg",
            "640-16x9-5-5-5.jpg",
            "640-3x2-5-5.jpg",
            "640-.jpg",
            "640.jpg.avif",
            "../640.jpg",
        ] {
            assert_eq!(other.parse::<Rendition>(), Err(UnknownRendition), "{other}");
        }
    }

    #[test]
    fn a_frame_keeps_the_focal_point_in_view_and_stays_inside() {
        let frame = |shape: Shape, x, y| {
            let Frame { x, y, width, height } = shape.frame(1000, 500, FocalPoint { x, y });
            (x, y, width, height)
        };
        assert_eq!(frame(Shape::Whole, 90, 90), (0, 0, 1000, 500));
        assert_eq!(frame(Shape::Square, 50, 50), (250, 0, 500, 500));
        assert_eq!(frame(Shape::Square, 0, 0), (0, 0, 500, 500));
        assert_eq!(frame(Shape::Square, 100, 0), (500, 0, 500, 500));
        assert_eq!(frame(Shape::Portrait, 30, 50), (100, 0, 400, 500));
        assert_eq!(frame(Shape::Landscape, 50, 50), (56, 0, 888, 500));
        assert_eq!(Shape::Portrait.frame(1, 1, FocalPoint::default()), Frame { x: 0, y: 0, width: 1, height: 1 });
    }
}

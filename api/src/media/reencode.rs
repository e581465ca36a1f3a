//! From a file that somebody sent to a picture that was made here: recognised by its bytes, measured before it is
//! decoded, turned upright, brought to sRGB, and written anew, so that nothing of the file but its pixels is left.

use std::io::Cursor;

use entity::problem::ProblemCode;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
    imageops,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Bytes of a file, at the most.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Pixels of a picture, at the most: the largest cameras of telephones, and 200 MB of memory while it is read.
const MOST_PIXELS: u64 = 50_000_000;
/// Pixels of a side, at the most.
const MOST_SIDE: u32 = 16_384;
/// What decoding may take of the memory.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// Pixels of the longer side of what is kept: more than any screen shows.
const KEPT_SIDE: u32 = 4_096;

/// A picture that was made here.
pub struct Reencoded {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub mime_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// A few colours to show until it is there.
    pub blurhash: String,
}

/// Why a file was refused, as the one who sent it reads it.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What a program branches on.
    pub code: ProblemCode,
    /// What to do.
    pub message: String,
}

fn refused(code: ProblemCode, message: impl Into<String>) -> Unreadable {
    Unreadable { code, message: message.into() }
}

/// Too many bytes.
pub fn too_heavy() -> Unreadable {
    refused(ProblemCode::TooLarge, "Keep a picture to 20 MiB; scale it down and choose it again.")
}

/// Makes a picture of a file's bytes. Takes as long as decoding and encoding do: it is not for a thread that serves.
pub fn reencode(bytes: &[u8]) -> Result<Reencoded, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(too_heavy());
    }
    let format = recognise(bytes)?;
    let image = upright(decode(bytes, format)?);
    let image = fit(image);
    let (bytes, mime_type) = encode(&image, format).map_err(|_| broken())?;
    Ok(Reencoded { bytes, mime_type, width: image.width(), height: image.height(), blurhash: blurhash(&image) })
}

/// What the bytes are, whatever the file is called.
fn recognise(bytes: &[u8]) -> Result<ImageFormat, Unreadable> {
    match image::guess_format(bytes).ok() {
        Some(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => Ok(format),
        _ => Err(refused(ProblemCode::Invalid, advice(bytes))),
    }
}

/// What to do with a file of another kind.
fn advice(bytes: &[u8]) -> &'static str {
    let beginning = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).trim_start().to_lowercase();
    match bytes.get(4..12) {
        Some(b"ftypavif" | b"ftypavis") => {
            "AVIF pictures cannot be taken in. Save it as JPEG, PNG or WebP; the site offers AVIF by itself."
        }
        Some(b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftyphevc") => {
            "HEIC pictures, as telephones make them, cannot be taken in. Save it as JPEG and choose it again."
        }
        _ if beginning.contains("<svg") => {
            "SVG drawings can carry scripts and are not taken in. Save it as PNG and choose that."
        }
        _ => "This is no picture that can be taken in. Choose a JPEG, PNG, WebP or GIF file.",
    }
}

fn broken() -> Unreadable {
    refused(ProblemCode::Invalid, "This picture is damaged and cannot be read. Save it again and choose it anew.")
}

/// A picture with what its file says about it beside the pixels.
struct Decoded {
    image: DynamicImage,
    orientation: image::metadata::Orientation,
    profile: Option<Vec<u8>>,
}

/// Decodes the picture, of an animation the first.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, Unreadable> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > MOST_SIDE {
        let message = format!(
            "This picture has {width} × {height} pixels. Scale it down to 50 million in all and {MOST_SIDE} a side."
        );
        return Err(refused(ProblemCode::TooLarge, message));
    }
    let orientation = decoder.orientation().map_err(why)?;
    let profile = decoder.icc_profile().map_err(why)?;
    Ok(Decoded { image: DynamicImage::from_decoder(decoder).map_err(why)?, orientation, profile })
}

fn why(cause: ImageError) -> Unreadable {
    match cause {
        ImageError::Limits(_) => refused(
            ProblemCode::TooLarge,
            "This picture takes too much memory to read. Scale it down and choose it again.",
        ),
        _ => broken(),
    }
}

/// As it is to be seen: eight bits a channel, in sRGB, the right side up; transparent only where something is.
fn upright(decoded: Decoded) -> DynamicImage {
    let Decoded { mut image, orientation, profile } = decoded;
    image.apply_orientation(orientation);
    let see_through = image.color().has_alpha();
    let mut image = if see_through {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    if let Some(profile) = profile.and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok()) {
        to_srgb(&mut image, &profile);
    }
    match &image {
        DynamicImage::ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
            DynamicImage::ImageRgb8(image.into_rgb8())
        }
        _ => image,
    }
}

/// Brings the colours to sRGB; a profile that is not of RGB, or makes no sense, leaves them as they are.
fn to_srgb(image: &mut DynamicImage, profile: &ColorProfile) {
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let (layout, pixels): (Layout, &mut [u8]) = match image {
        DynamicImage::ImageRgb8(image) => (Layout::Rgb, image.as_mut()),
        DynamicImage::ImageRgba8(image) => (Layout::Rgba, image.as_mut()),
        _ => return,
    };
    let srgb = ColorProfile::new_srgb();
    if let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) {
        let mut converted = vec![0; pixels.len()];
        if transform.transform(pixels, &mut converted).is_ok() {
            pixels.copy_from_slice(&converted);
        }
    }
}

/// No larger than is kept.
fn fit(image: DynamicImage) -> DynamicImage {
    if image.width().max(image.height()) > KEPT_SIDE {
        image.resize(KEPT_SIDE, KEPT_SIDE, imageops::FilterType::Lanczos3)
    } else {
        image
    }
}

/// In the format it came in; a GIF becomes PNG, which loses nothing.
fn encode(image: &DynamicImage, format: ImageFormat) -> Result<(Vec<u8>, &'static str), ImageError> {
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Jpeg => {
            image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90))?;
            Ok((bytes, "image/jpeg"))
        }
        ImageFormat::WebP => Ok((super::render::webp(image, 90.0), "image/webp")),
        _ => {
            let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            image.write_with_encoder(encoder)?;
            Ok((bytes, "image/png"))
        }
    }
}

fn blurhash(image: &DynamicImage) -> String {
    let small = image.thumbnail(32, 32).into_rgba8();
    blurhash::encode(4, 3, small.width(), small.height(), small.as_raw()).unwrap_or_default()
}

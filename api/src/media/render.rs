//! From a stored picture to one of its renditions.

use entity::rendition::{Format, Rendition};
use image::{
    DynamicImage, ImageError, Rgb, RgbImage,
    codecs::{avif::AvifEncoder, jpeg::JpegEncoder},
    imageops::FilterType,
};

/// Decodes, cuts, scales and encodes. Takes as long as that does: it is not for a thread that serves.
pub fn render(stored: &[u8], rendition: Rendition) -> Result<Vec<u8>, ImageError> {
    let image = image::load_from_memory(stored)?;
    let frame = rendition.shape.frame(image.width(), image.height(), rendition.focal);
    let image = image.crop_imm(frame.x, frame.y, frame.width, frame.height);
    let width = rendition.width.min(frame.width).max(1);
    let height = u64::from(width) * u64::from(frame.height) / u64::from(frame.width.max(1));
    let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
    let image = if (width, height) == (frame.width, frame.height) {
        image
    } else {
        image.resize_exact(width, height, FilterType::Lanczos3)
    };
    encode(&image, rendition.format)
}

fn encode(image: &DynamicImage, format: Format) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    match format {
        Format::Avif => {
            // The fastest: somebody waits for it.
            image.write_with_encoder(AvifEncoder::new_with_speed_quality(&mut bytes, 10, 62))?;
            Ok(bytes)
        }
        Format::Webp => Ok(webp(image, 78.0)),
        Format::Jpeg => {
            on_white(image).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80))?;
            Ok(bytes)
        }
    }
}

/// As WebP, at a quality of 0 to 100.
pub fn webp(image: &DynamicImage, quality: f32) -> Vec<u8> {
    let (width, height) = (image.width(), image.height());
    if image.color().has_alpha() {
        webp::Encoder::from_rgba(&image.to_rgba8(), width, height).encode(quality).to_vec()
    } else {
        webp::Encoder::from_rgb(&image.to_rgb8(), width, height).encode(quality).to_vec()
    }
}

/// What is transparent becomes white, where the format knows no transparency.
fn on_white(image: &DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.to_rgb8());
    }
    let pixels = image.to_rgba8();
    let flat = RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0.map(u16::from);
        let over = |channel: u16| ((channel * alpha + 255 * (255 - alpha)) / 255) as u8;
        Rgb([over(red), over(green), over(blue)])
    });
    DynamicImage::ImageRgb8(flat)
}

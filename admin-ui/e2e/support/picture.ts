import { crc32, deflateSync } from 'node:zlib';

const chunk = (name: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(8 + body.length);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body) >>> 0, framed.length - 4);
  return framed;
};

type Colour = readonly [number, number, number];

/** A PNG of this size whose pixels have these colours. */
export const png = (width: number, height: number, colour: (x: number, y: number) => Colour): Buffer => {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Hills beneath a sun that stands at `sun`, from 0 (left) to 1 (right). */
export const landscape = (width: number, height: number, sun: number): Buffer =>
  png(width, height, (x, y) => {
    const [across, down] = [x / width, y / height];
    const hill = (base: number, swing: number, waves: number) => base + swing * Math.sin(across * waves + sun * 9);
    if (down > hill(0.8, 0.06, 5)) return [26, 84, 66];
    if (down > hill(0.66, 0.08, 7)) return [74, 132, 108];
    if (down > hill(0.55, 0.07, 4)) return [142, 184, 164];
    const away = Math.hypot(x - sun * width, y - 0.32 * height) / height;
    if (away < 0.1) return [255, 248, 226];
    const glow = Math.max(0, 1 - away * 1.4);
    return [Math.round(176 + 70 * glow), Math.round(206 + 24 * glow), Math.round(222 - 40 * glow)];
  });

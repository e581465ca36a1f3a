import { describe, expect, it } from 'vitest';
import { clamped, frameOf, placed } from './crop';

describe('a crop', () => {
  it('is what the server cuts', () => {
    // The cases of entity/src/rendition.rs.
    const frame = (shape: 'LANDSCAPE' | 'SQUARE' | 'PORTRAIT', x: number, y: number) =>
      Object.values(frameOf(shape, 1000, 500, { x, y }));
    expect(frame('SQUARE', 50, 50)).toEqual([250, 0, 500, 500]);
    expect(frame('SQUARE', 0, 0)).toEqual([0, 0, 500, 500]);
    expect(frame('SQUARE', 100, 0)).toEqual([500, 0, 500, 500]);
    expect(frame('PORTRAIT', 30, 50)).toEqual([100, 0, 400, 500]);
    expect(frame('LANDSCAPE', 50, 50)).toEqual([56, 0, 888, 500]);
    expect(frameOf('PORTRAIT', 1, 1, { x: 50, y: 50 })).toEqual({ x: 0, y: 0, width: 1, height: 1 });
  });

  it('shows its part of the whole picture', () => {
    expect(placed({ x: 250, y: 0, width: 500, height: 500 }, 1000, 500)).toEqual({
      width: '200%',
      height: '100%',
      left: '-50%',
      top: '0%',
    });
  });

  it('keeps the point inside', () => {
    expect([clamped(-4), clamped(33.4), clamped(104)]).toEqual([0, 33, 100]);
  });
});

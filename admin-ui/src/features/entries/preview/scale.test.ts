import { describe, expect, it } from 'vitest';
import { scaled, scaleOf } from './scale';

describe('a preview as wide as a device', () => {
  it('is drawn smaller where there is less room, and never larger', () => {
    expect(scaleOf(820, 410)).toBe(0.5);
    expect(scaleOf(820, 820)).toBe(1);
    expect(scaleOf(390, 600)).toBe(1);
  });

  it('is not scaled before its room is known, nor when it is as wide as there is room', () => {
    expect(scaleOf(820, 0)).toBe(1);
    expect(scaleOf(null, 410)).toBe(1);
  });

  it('keeps its true width, and fills the height all the same', () => {
    expect(scaled(820, 410)).toMatchObject({
      width: 820,
      height: '200%',
      marginRight: -410,
      transform: 'scale(0.5)',
      transformOrigin: '0 0',
    });
    expect(scaled(390, 600)).toMatchObject({ width: 390, height: '100%', transform: undefined });
    expect(scaled(null, 600)).toEqual({});
  });
});

import { act, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lazyPart } from './lazyPart';

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>;

describe('a part that is loaded late', () => {
  afterEach(() => vi.useRealTimers());

  it('is drawn once it is there', async () => {
    const Part = lazyPart(async () => Hello);
    render(
      <Suspense fallback="waiting">
        <Part name="Ada" />
      </Suspense>,
    );
    expect(await screen.findByText('Hello Ada')).toBeTruthy();
  });

  it('leaves the rest of the screen alone while it cannot be loaded, and comes when it can', async () => {
    vi.useFakeTimers();
    let away = true;
    const Part = lazyPart(async () => {
      if (away) throw new Error('the server is away');
      return Hello;
    });
    render(
      <>
        <p>The document</p>
        <Suspense fallback="waiting">
          <Part name="Ada" />
        </Suspense>
      </>,
    );
    await act(() => vi.advanceTimersByTimeAsync(4_000));
    expect(screen.queryByText('Hello Ada')).toBeNull();
    expect(screen.getByText('The document')).toBeTruthy();
    away = false;
    await act(() => vi.advanceTimersByTimeAsync(4_000));
    expect(screen.getByText('Hello Ada')).toBeTruthy();
  });
});

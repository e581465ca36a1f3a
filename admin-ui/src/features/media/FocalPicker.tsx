import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { fitted } from '~/media/fitted';
import type { Picture } from '~/media/queries';
import { useUpdatePicture, whyNot } from '~/media/useUpdatePicture';
import { type CropShape, clamped, frameOf, type Point, placed, shapes } from './crop';
import classes from './FocalPicker.module.css';
import { text } from './text';

const restMs = 600;
const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The point that stays in view, set on the picture or by keyboard, with what each shape shows of it beside it. */
export const FocalPicker = ({ picture, readOnly }: { picture: Picture; readOnly: boolean }) => {
  const { id, version, width, height, large } = picture;
  const [point, setPoint] = useState<Point>(picture.focalPoint);
  const [failure, setFailure] = useState<string | null>(null);
  const update = useUpdatePicture();
  const area = useRef<HTMLDivElement>(null);
  const saved = picture.focalPoint;
  const moved = point.x !== saved.x || point.y !== saved.y;

  useEffect(() => {
    if (!moved || failure !== null) return;
    // While it is being moved, nothing is sent.
    const timer = setTimeout(async () => {
      setFailure(whyNot(await update({ id, version }, { focalPoint: point })));
    }, restMs);
    return () => clearTimeout(timer);
  }, [moved, failure, update, id, version, point]);

  const move = (next: Point) => {
    setFailure(null);
    setPoint({ x: clamped(next.x), y: clamped(next.y) });
  };
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined) return point;
    return { x: (100 * (clientX - box.left)) / box.width, y: (100 * (clientY - box.top)) / box.height };
  };

  return (
    <section className={classes['focal']}>
      <h3>{text.focal.title}</h3>
      {!readOnly && <p className="muted">{text.focal.help}</p>}
      <div
        ref={area}
        className={classes['area']}
        data-fixed={readOnly || undefined}
        style={{ width: fitted(picture, 300) }}
        onPointerDown={(event) => {
          if (readOnly || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          move(at(event));
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) move(at(event));
        }}
      >
        <img src={large} alt={picture.alt} width={width} height={height} draggable={false} />
        <button
          type="button"
          className={classes['point']}
          style={{ left: `${point.x}%`, top: `${point.y}%` }}
          aria-label={text.focal.point(point.x, point.y)}
          disabled={readOnly}
          onKeyDown={(event) => {
            const step = steps[event.key];
            if (step === undefined) return;
            event.preventDefault();
            const by = event.shiftKey ? 10 : 1;
            move({ x: point.x + by * step[0], y: point.y + by * step[1] });
          }}
        />
      </div>
      {failure !== null && (
        <p role="alert" className={classes['failure']}>
          {text.focal.failed}: {failure}
        </p>
      )}
      <ul className={classes['crops']} aria-label={text.focal.crops}>
        {(Object.keys(shapes) as CropShape[]).map((shape) => {
          const frame = frameOf(shape, width, height, point);
          return (
            <li key={shape}>
              <span className={classes['window']} style={{ aspectRatio: `${frame.width} / ${frame.height}` }}>
                <img src={large} alt="" style={placed(frame, width, height)} draggable={false} />
              </span>
              {text.focal.shapes[shape]}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** The guilloche behind his name: rings that wave, each turned a little against the one inside it. */

const CENTRE = [328, 40] as const;
const LOBES = 9;
const DEPTH = 0.2;
const RINGS = Array.from({ length: 24 }, (_, index) => 16 + index * 8);

/** One closed wavy line; each lobe is two curves, the control point outside the circle and inside it by turns. */
function ring(radius: number): string {
  const half = Math.PI / LOBES / 2;
  const reach = [radius / Math.cos(half) / (1 - 2 * DEPTH), radius / Math.cos(half) / (1 + 2 * DEPTH)];
  const at = (far: number, angle: number) =>
    `${(CENTRE[0] + far * Math.cos(angle)).toFixed(1)} ${(CENTRE[1] + far * Math.sin(angle)).toFixed(1)}`;
  const start = radius / 14 / LOBES;
  let line = `M${at(radius, start)}`;
  for (let step = 0; step < 2 * LOBES; step += 1) {
    const angle = start + 2 * half * step;
    line += `Q${at(reach[step % 2]!, angle + half)} ${at(radius, angle + 2 * half)}`;
  }
  return `${line}Z`;
}

const LINES = RINGS.map(ring).join("");

export function Engraving() {
  return (
    <svg className="bn" viewBox="0 0 400 80" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
      <path fill="none" stroke="currentColor" vectorEffect="non-scaling-stroke" d={LINES} />
    </svg>
  );
}

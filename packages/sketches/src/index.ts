export { createSketch, type SketchedFigure, sketchedFigureOf } from './create-sketch.ts';
export type { Sketch } from './sketch.ts';

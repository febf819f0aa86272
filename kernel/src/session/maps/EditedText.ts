/** `text` in place of what stands from `start` to `end` of the source. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A text made from another by replacing parts of it, which knows what became of each place. */
export class EditedText {
  readonly source: string;
  readonly edits: readonly Edit[];
  readonly text: string;

  /** The edits in the source's order; they must not overlap. */
  constructor(source: string, edits: readonly Edit[] = []) {
    this.source = source;
    this.edits = edits;
    const parts: string[] = [];
    let copied = 0;
    for (const { start, end, text } of edits) {
      parts.push(source.slice(copied, start), text);
      copied = end;
    }
    this.text = edits.length === 0 ? source : parts.join("") + source.slice(copied);
  }

  /**
   * Where an offset of the source lies in the text: behind what stood before it. Inside a replaced part, as near as the
   * new one is long.
   */
  toText(offset: number): number {
    let shift = 0;
    let keptFrom = 0;
    for (const { start, end, text } of this.edits) {
      if (offset < start || (offset === start && end > start)) break;
      if (offset === start && keptFrom < start) break;
      keptFrom = end;
      if (offset < end) return start + shift + Math.min(offset - start, text.length);
      shift += text.length - (end - start);
    }
    return offset + shift;
  }

  /** Whether what stands before an offset of the source was replaced. */
  isReplaced(offset: number): boolean {
    return this.edits.some(({ start, end }) => start < offset && offset <= end);
  }

  /** Where an offset of the text comes from; what was put in comes from where it stands. */
  toSource(offset: number): number {
    let shift = 0;
    for (const { start, end, text } of this.edits) {
      const at = start + shift;
      if (offset < at) break;
      if (offset < at + text.length) return Math.min(start + (offset - at), Math.max(end - 1, start));
      shift += text.length - (end - start);
    }
    return offset - shift;
  }
}

/** The pieces of prompts that a step computes. */
export class StepPieces {
  readonly requests: number[] = [];
  readonly tokens: number[] = [];
  /** Tokens of all pieces, and pairs of one of them and a token that it sees. */
  promptTokens = 0;
  promptPairs = 0;

  clear(): void {
    this.requests.length = 0;
    this.tokens.length = 0;
    this.promptTokens = 0;
    this.promptPairs = 0;
  }

  /** @param done tokens that are in the cache before */
  add(request: number, done: number, tokens: number): void {
    this.requests.push(request);
    this.tokens.push(tokens);
    this.promptTokens += tokens;
    this.promptPairs += tokens * done + (tokens * (tokens + 1)) / 2;
  }
}

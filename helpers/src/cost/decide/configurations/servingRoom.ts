import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import type { ServingLayout } from "../../engine/ServingLayout.ts";
import type { ServingBits } from "../../engine/ServingScenario.ts";
import { servingCacheBytes, servingWeightBytes } from "./servingBytes.ts";

/** What an instance of a layout holds on its fullest device. */
export interface ServingRoom {
  readonly weightBytes: number;
  /** Bytes that weights and cache may take. */
  readonly usableBytes: number;
  /** Bytes of both with so many requests at once. */
  bytesOf(requests: number): number;
  fits(requests: number): boolean;
  /** 1, 2, 4 … 1024 as far as they fit, and the most that do. */
  usualConcurrency(): readonly number[];
}

/** Most requests at once that a search tries in an instance without being asked for more. */
const most = 1024;

/** Says how many requests fit an instance; asked for the same layout and bits again it answers from memory. */
export function servingRooms(
  model: Model,
  of: { readonly promptTokens: number; readonly outputTokens: number; readonly memoryShare: number },
): (accelerator: CatalogAccelerator, layout: ServingLayout, bits: ServingBits) => ServingRoom {
  const known = new Map<ServingLayout, Map<ServingBits, ServingRoom>>();
  const cacheBytes = servingCacheBytes(model, of);
  return (accelerator, layout, bits) => {
    let ofLayout = known.get(layout);
    if (!ofLayout) {
      ofLayout = new Map();
      known.set(layout, ofLayout);
    }
    let room = ofLayout.get(bits);
    if (!room) {
      const weightBytes = servingWeightBytes(model, layout, bits);
      const usableBytes = accelerator.memoryBytes * of.memoryShare;
      room = roomOf(weightBytes, usableBytes, (requests) => cacheBytes(layout, bits, requests));
      ofLayout.set(bits, room);
    }
    return room;
  };
}

function roomOf(
  weightBytes: number,
  usableBytes: number,
  cacheBytes: (requests: number) => number,
): ServingRoom {
  const known = new Map<number, number>();
  const bytesOf = (requests: number) => {
    let bytes = known.get(requests);
    if (bytes === undefined) {
      bytes = weightBytes + cacheBytes(requests);
      known.set(requests, bytes);
    }
    return bytes;
  };
  const fits = (requests: number) => bytesOf(requests) <= usableBytes;
  let usual: number[] | undefined;
  return {
    weightBytes,
    usableBytes,
    bytesOf,
    fits,
    usualConcurrency() {
      if (usual) return usual;
      usual = [];
      let requests = 1;
      for (; requests <= most && fits(requests); requests *= 2) usual.push(requests);
      if (requests > 1 && requests <= most) {
        let [low, high] = [requests / 2, requests];
        while (high - low > 1) {
          const middle = Math.floor((low + high) / 2);
          if (fits(middle)) low = middle;
          else high = middle;
        }
        if (low > requests / 2) usual.push(low);
      }
      return usual;
    },
  };
}

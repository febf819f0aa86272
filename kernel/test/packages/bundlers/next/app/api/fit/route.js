import { work } from "../../../core.mjs";

export async function GET() {
  return Response.json(await work());
}

import { work } from "./core.mjs";

work().then((numbers) => console.log(JSON.stringify(numbers)));

import { work } from "./formula.mjs";

work().then((numbers) => console.log(JSON.stringify(numbers)));

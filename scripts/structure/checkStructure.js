import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join, posix } from "node:path";
import { findCircles } from "./findCircles.js";
import { readModules, strayFiles } from "./readModules.js";

/** Files that a folder may hold before it wants rooms of its own. */
export const mostFiles = 20;

/**
 * Holds the packages of a repository to their plan (see rooms.js): the faults as sentences, and what was counted.
 *
 * @param root the repository
 * @param packages the plan
 */
export function checkStructure(root, packages) {
  const faults = [];
  const counts = { modules: 0, rooms: 0 };
  for (const plan of packages) {
    const folder = join(root, plan.folder);
    const modules = existsSync(folder) ? readModules(folder) : [];
    if (modules.length === 0) {
      faults.push(`${plan.folder} has no module; is the path in scripts/structure/rooms.js right?`);
      continue;
    }
    counts.modules += modules.length;
    counts.rooms += plan.floors.reduce((sum, { rooms }) => sum + rooms.length, 0);
    const here = [...checkPackage(root, plan, modules), ...checkFiles(plan, modules, strayFiles(folder))];
    faults.push(...here.map((fault) => `${plan.folder}/${fault}`));
  }
  for (const { name: folder } of readdirSync(root, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )) {
    if (existsSync(join(root, folder, "src")) && !packages.some((plan) => plan.folder === `${folder}/src`)) {
      faults.push(`${folder}/src has no plan; add the package to scripts/structure/rooms.js`);
    }
  }
  return { faults, ...counts };
}

function checkPackage(root, plan, modules) {
  const faults = [];
  const order = plan.floors.flatMap(({ rooms }) => rooms);
  const apart = new Set(plan.floors.filter((floor) => floor.apart).flatMap(({ rooms }) => rooms));
  const known = new Set(modules.map(({ path }) => path));
  const arrows = new Map();
  for (const room of order) {
    if (!modules.some(({ path }) => path.startsWith(`${room}/`))) {
      faults.push(`${room} is a room of the plan without a file; mend scripts/structure/rooms.js`);
    }
  }
  for (const { path, imports, addresses, onlyExports } of modules) {
    const room = roomOf(path, order);
    const face = basename(path) === "index.ts";
    const atTop = !path.includes("/");
    if (!room && !atTop)
      faults.push(`${path} stands in no room; add its folder to scripts/structure/rooms.js`);
    if (face && !onlyExports) faults.push(`${path} must only re-export; move its code to a file of its own`);
    const targets = [];
    for (const address of addresses) {
      const target = targetOf(path, address);
      if (known.has(target) && !plan.entries?.includes(target)) {
        // A worker may import from whoever starts it: an address closes no circle.
        const fault = checkArrow(path, target, order, apart);
        if (fault) faults.push(fault);
      }
    }
    for (const specifier of imports) {
      if (!specifier.startsWith(".")) {
        faults.push(...checkPackageImport(root, plan, path, specifier, apart.has(room)));
        continue;
      }
      const target = targetOf(path, specifier);
      if (!known.has(target)) {
        faults.push(`${path} imports ${specifier}, which is no module of ${plan.folder}`);
        continue;
      }
      targets.push(target);
      const fault = face ? checkFace(path, target) : checkArrow(path, target, order, apart);
      if (fault) faults.push(fault);
    }
    arrows.set(path, targets);
  }
  faults.push(...checkBrowser(plan, modules, arrows));
  for (const circle of findCircles(arrows)) {
    faults.push(`: these import each other in a circle; cut it at its root: ${circle.join(", ")}`);
  }
  for (const face of known) {
    const room = dirname(face);
    if (basename(face) !== "index.ts" || room === "." || plan.subpaths?.includes(room)) continue;
    const shown = [...arrows].some(
      ([path, targets]) => basename(path) === "index.ts" && targets.includes(face),
    );
    if (!shown) faults.push(`${face} is shown by no index above it; re-export it there, or delete it`);
  }
  for (const [folder, count] of filesByFolder(modules)) {
    if (count > mostFiles && !plan.flat?.includes(folder)) {
      faults.push(
        `${folder} holds ${count} files, at most ${mostFiles} are easy to survey; give it rooms by topic`,
      );
    }
  }
  return faults;
}

/** An index shows what stands in its own folder, and shows other rooms only by being above them. */
function checkFace(path, target) {
  const folder = dirname(path);
  return folder === "." || target.startsWith(`${folder}/`)
    ? undefined
    : `${path} re-exports ${target}, which stands outside its room; export it from the index of that room`;
}

function checkArrow(path, target, order, apart) {
  const [from, to] = [roomOf(path, order), roomOf(target, order)];
  if (from && to && from !== to) {
    if (apart.has(to)) return `${path} imports ${target}, but ${to} stands apart: nothing imports it`;
    if (order.indexOf(to) > order.indexOf(from)) {
      return `${path} imports ${target}: an upward arrow, ${from} stands below ${to}; move what is shared down`;
    }
  }
  return basename(target) === "index.ts"
    ? `${path} imports ${target}; import the file that declares the name`
    : undefined;
}

const targetOf = (path, specifier) =>
  posix.normalize(posix.join(dirname(path), specifier)).replace(/\.js$/, ".ts");

/** What is no module, stands in no room, or hides what it imports. */
function checkFiles(plan, modules, strays) {
  const top = ["index.ts", ...(plan.top ?? [])];
  return [
    ...strays.map((path) => `${path} is no .ts module; the sources hold nothing else`),
    ...modules.flatMap(({ path, computed }) => [
      ...(path.includes("/") || top.includes(path) ? [] : [`${path} stands in no room; move it into one`]),
      ...(/(^|\/)(utils?|misc|common)(\/|\.ts$)/i.test(path)
        ? [`${path} says nothing; name it after what it does`]
        : []),
      ...(/\.(test|spec)\.ts$/.test(path)
        ? [`${path} is a test; move it beside the sources into test/`]
        : []),
      ...(plan.computed?.includes(path) ? [] : computed).map(
        (written) => `${path} hides what it imports (${written}); write the specifier as text`,
      ),
    ]),
  ];
}

/** What runs in a browser, and all it imports, uses nothing that only Node has. */
function checkBrowser(plan, modules, arrows) {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const isBrowser = (path) => !plan.node || plan.browser?.some((folder) => path.startsWith(`${folder}/`));
  const reached = new Map(modules.filter(({ path }) => isBrowser(path)).map(({ path }) => [path, path]));
  for (const [path, from] of reached) {
    for (const target of arrows.get(path) ?? []) if (!reached.has(target)) reached.set(target, from);
  }
  return [...reached].flatMap(([path, from]) => {
    const { imports, globals } = byPath.get(path);
    const through = path === from ? "" : `, and ${from} imports it`;
    const builtins = isBrowser(path) ? [] : imports.filter((specifier) => isBuiltin(specifier));
    return [
      ...globals.map((name) => `${path} uses ${name}, which a browser has not${through}`),
      ...builtins.map((name) => `${path} imports ${name}, which a browser has not${through}`),
    ];
  });
}

const isBuiltin = (specifier) =>
  specifier.startsWith("node:") || builtinModules.includes(specifier.split("/")[0]);

function checkPackageImport(root, plan, path, specifier, isApart) {
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0].replace(/^node:.*/, "node:");
  const browser = !plan.node || plan.browser?.some((folder) => path.startsWith(`${folder}/`));
  if (name === "node:" || builtinModules.includes(name)) {
    return browser ? [`${path} imports ${specifier}, which a browser has not`] : [];
  }
  const manifest = JSON.parse(readFileSync(join(root, dirname(plan.folder), "package.json"), "utf8"));
  const { dependencies = {}, peerDependencies = {} } = manifest;
  if (/^isoflop(-|$)/.test(name) && !plan.ours.includes(name)) {
    return [
      `${path} imports ${specifier}; ${plan.name} may import ${plan.ours.join(", ") || "nothing of ours"}`,
    ];
  }
  if (/^isoflop(-\w+)?\/(dist|src)\//.test(specifier)) {
    return [`${path} imports ${specifier}, past what the package shows; import what its exports name`];
  }
  if (name in peerDependencies && !(name in dependencies) && !isApart) {
    return [`${path} imports ${specifier}, which not everybody installs; only a room that stands apart may`];
  }
  return name in dependencies || name in peerDependencies
    ? []
    : [`${path} imports ${specifier}, which ${plan.name} does not declare as a dependency`];
}

/** The innermost room of the plan that a file stands in. */
function roomOf(path, order) {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if (order.includes(folder)) return folder;
  }
  return undefined;
}

function filesByFolder(modules) {
  const counts = new Map();
  for (const { path } of modules) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return counts;
}

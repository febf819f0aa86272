/** The plan as CONTRIBUTING shows it: each package's floors from the ground up, rooms in the order of the arrows. */
export function roomsTable(packages) {
  return packages
    .map(({ folder, name, ours, node, floors }) => {
      const own = ours.length > 0 ? ours.map((other) => `\`${other}\``).join(" and ") : "nothing of ours";
      const builtIns = node ? "" : "; no Node built-in";
      let floor = 0;
      const rows = floors.map(
        ({ rooms, holds, apart }) =>
          `| ${apart ? "apart" : ++floor} | ${rooms.map((room) => `\`${room}/\``).join(", ")} | ${holds} |`,
      );
      return [
        `**\`${folder}\`** (npm \`${name}\`, may import ${own}${builtIns})`,
        "",
        "| floor | rooms | hold |",
        "|---|---|---|",
        ...rows,
      ].join("\n");
    })
    .join("\n\n");
}

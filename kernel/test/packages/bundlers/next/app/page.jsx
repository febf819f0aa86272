"use client";
import { useEffect, useState } from "react";
import { work } from "../core.mjs";

export default function Page() {
  const [answer, setAnswer] = useState();
  useEffect(() => {
    work().then(setAnswer);
  }, []);
  return <output>{answer && JSON.stringify(answer)}</output>;
}

"""How long simulations take in a warm kernel: `simulate https`, and 10,000 plain stories of TCP with their tables.

    python bench/simulate.py --rounds 30 --stories 10000
"""

import argparse
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME / "tools"))

# Each visit has a seed of its own, so that nothing is kept from one to the next but what every simulation shares.
VISITS = """
import io.handshakelab.magic.*;
double[] visits(String tls, int rounds) throws Exception {{
  double[] ms = new double[rounds];
  for (int i = -20; i < rounds; i++) {{
    long start = System.nanoTime();
    HandshakeLab.simulate("https", "--tls", tls, "--seed", "" + (1000 + i));
    if (i >= 0) ms[i] = (System.nanoTime() - start) / 1e6;
  }}
  Arrays.sort(ms);
  return ms;
}}
double[] old = visits("1.2", {rounds}), current = visits("1.3", {rounds});
String.format("simulate https --tls 1.2: median %.0f ms, 9 of 10 within %.0f ms; --tls 1.3: %.0f ms, %.0f ms",
    old[old.length / 2], old[old.length * 9 / 10], current[current.length / 2], current[current.length * 9 / 10])
"""
STORIES = """
import io.handshakelab.analysis.Analysis;
import io.handshakelab.simulate.*;
import java.util.stream.IntStream;
long begin = System.nanoTime();
long rows = IntStream.range(0, {stories}).parallel().mapToLong(i -> {{
  Scenario[] all = Scenario.values();
  Scenario one = all[i % all.length] == Scenario.SYN_FLOOD ? Scenario.THREE_WAY : all[i % all.length];
  var options = SimulationOptions.builder().seed(i).loss(0.02).reorder(0.02).build();
  Analysis read = Analysis.of(one.play(options).capture());
  return io.handshakelab.table.Tables.tcp(read).rowCount() + io.handshakelab.table.Tables.states(read).rowCount();
}}).sum();
String.format("%,d stories of TCP with their tables tcp and states (%,d rows): %.1f s on %d processors",
    {stories}, rows, (System.nanoTime() - begin) / 1e9, Runtime.getRuntime().availableProcessors())
"""


def main():
    from kernel_session import kernel

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--stories", type=int, default=10_000)
    wanted = vars(parser.parse_args())
    with kernel(stderr=subprocess.DEVNULL) as session:
        for cell in (VISITS, STORIES):
            result = session.run(cell.format(**wanted), timeout=600)
            if result.status != "ok":
                sys.exit(f"{cell.format(**wanted)}: {result.error['evalue']}")
            print(result.text().strip('"'), flush=True)


if __name__ == "__main__":
    main()

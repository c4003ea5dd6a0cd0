"""Whether the SQL and plain Python agree, for many random definitions in random shops.

Prints each difference as soon as it is found, made as small as it gets, with all that is needed to
see it again; ends with an error when there is any. The same seed draws the same.

Run: python -m benchmarks.differential --count 20000
"""

from argparse import ArgumentParser
from time import perf_counter

from tests.differential import differences

A_SHOP = 50  # definitions asked of one shop


def main() -> None:
    """Compare and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="definitions in all")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first shop")
    options = parser.parse_args()
    shops = range(options.seed, options.seed + -(-options.count // A_SHOP))
    started, found = perf_counter(), 0
    for case in differences(shops, A_SHOP):
        found += 1
        print(case.told(), flush=True)
    seconds = perf_counter() - started
    print(f"{A_SHOP * len(shops):,} definitions in {len(shops):,} shops: {found} differences")
    print(f"{seconds:,.0f} s")
    raise SystemExit(found > 0)


if __name__ == "__main__":
    main()

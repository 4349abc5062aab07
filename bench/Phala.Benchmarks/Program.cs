using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*'          all of them
// dotnet run -c Release --project bench/Phala.Benchmarks -- --filter '*Sr25519*'  one
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

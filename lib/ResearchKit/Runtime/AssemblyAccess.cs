using System.Runtime.CompilerServices;

// The benchmarks load libtorch also without this folder's malloc settings, to measure what those are worth. Here and not in
// the project file, of which every notebook's record holds a hash.
[assembly: InternalsVisibleTo("ResearchKit.Benchmarks")]

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ResearchKit.Runtime;

/// <summary>Flags one needed symbol version of an ELF64 library as weak, in a copy, so that an older libstdc++ accepts it.</summary>
internal static class WeakSymbolVersion
{
    private const uint SectionVersionNeed = 0x6ffffffe; // SHT_GNU_verneed
    private const byte FlagWeak = 0x2;                  // VER_FLG_WEAK

    /// <summary>The path of a private copy of <paramref name="library"/> in which <paramref name="version"/> is weak.</summary>
    internal static string PrivateCopy(string library, string version)
    {
        var bytes = File.ReadAllBytes(library);
        var key = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        var copy = Path.Combine(CacheFolder(), key, Path.GetFileName(library));
        if (File.Exists(copy) && new FileInfo(copy).Length == bytes.Length) return copy;

        if (Flag(bytes, version) == 0)
            throw new BadImageFormatException($"'{library}' does not name the symbol version {version}; it cannot be adapted to this system's libstdc++.");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var beside = $"{copy}.{Environment.ProcessId}";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, copy, overwrite: true);
        return copy;
    }

    /// <summary>Sets the weak flag wherever <paramref name="version"/> is needed; returns how many entries it found.</summary>
    internal static int Flag(Span<byte> elf, string version)
    {
        var sections = Long(elf, 0x28);
        var sectionSize = Short(elf, 0x3A);
        var found = 0;
        for (var i = 0; i < Short(elf, 0x3C); i++)
        {
            var section = sections + i * sectionSize;
            if (Int(elf, section + 4) != SectionVersionNeed) continue;
            var strings = Long(elf, sections + (int)Int(elf, section + 0x28) * sectionSize + 0x18);
            var need = Long(elf, section + 0x18);
            for (var n = Int(elf, section + 0x2C); n > 0; n--)
            {
                var entry = need + (int)Int(elf, need + 8);
                for (var count = Short(elf, need + 2); count > 0; count--)
                {
                    if (Name(elf, strings + (int)Int(elf, entry + 8)) == version)
                    {
                        elf[entry + 4] |= FlagWeak;
                        found++;
                    }
                    entry += (int)Int(elf, entry + 12);
                }
                need += (int)Int(elf, need + 12);
            }
        }
        return found;
    }

    private static string CacheFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "researchkit", "native");
    }

    private static int Long(ReadOnlySpan<byte> elf, int offset) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[offset..]));

    private static uint Int(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(elf[offset..]);

    private static ushort Short(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(elf[offset..]);

    private static string Name(ReadOnlySpan<byte> elf, int offset)
    {
        var rest = elf[offset..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}

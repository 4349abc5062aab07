using static System.Numerics.BitOperations;

namespace Phala.Crypto.Hashing;

/// <summary>
/// Keccak-f[1600] (FIPS 202 §3.3): the permutation of 25 lanes of 64 bits under Keccak-256 and STROBE. Lane (x, y) stands at index x + 5y.
/// </summary>
/// <remarks>
/// A bijection of 1600-bit strings without any secret; a sponge over it is as strong as the part of the state that it keeps to itself (its capacity).
/// Constant time: rotations, exclusive or and and-not only.
/// </remarks>
public static class KeccakPermutation
{
    /// <summary>The number of 64-bit lanes of the state.</summary>
    public const int LaneCount = 25;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes the state in place: all 24 rounds.</summary>
    /// <param name="state">The <see cref="LaneCount"/> lanes.</param>
    /// <exception cref="ArgumentException">The span is not 25 lanes long.</exception>
    // The lanes are locals named as in the Keccak team's papers (row b g k m s, column a e i o u); each loop turn is two rounds, so that no lane is copied back.
    public static void Permute(Span<ulong> state)
    {
        if (state.Length != LaneCount) throw new ArgumentException("The state has 25 lanes.", nameof(state));

        ulong aba = state[0], abe = state[1], abi = state[2], abo = state[3], abu = state[4];
        ulong aga = state[5], age = state[6], agi = state[7], ago = state[8], agu = state[9];
        ulong aka = state[10], ake = state[11], aki = state[12], ako = state[13], aku = state[14];
        ulong ama = state[15], ame = state[16], ami = state[17], amo = state[18], amu = state[19];
        ulong asa = state[20], ase = state[21], asi = state[22], aso = state[23], asu = state[24];
        ulong ca, ce, ci, co, cu, ta, te, ti, to, tu, ba, be, bi, bo, bu;
        ulong eba, ebe, ebi, ebo, ebu;
        ulong ega, ege, egi, ego, egu;
        ulong eka, eke, eki, eko, eku;
        ulong ema, eme, emi, emo, emu;
        ulong esa, ese, esi, eso, esu;

        ReadOnlySpan<ulong> constants = RoundConstants;
        for (int round = 0; round < constants.Length; round += 2)
        {
            ca = aba ^ aga ^ aka ^ ama ^ asa;
            ce = abe ^ age ^ ake ^ ame ^ ase;
            ci = abi ^ agi ^ aki ^ ami ^ asi;
            co = abo ^ ago ^ ako ^ amo ^ aso;
            cu = abu ^ agu ^ aku ^ amu ^ asu;
            ta = cu ^ RotateLeft(ce, 1);
            te = ca ^ RotateLeft(ci, 1);
            ti = ce ^ RotateLeft(co, 1);
            to = ci ^ RotateLeft(cu, 1);
            tu = co ^ RotateLeft(ca, 1);

            ba = aba ^ ta;
            be = RotateLeft(age ^ te, 44);
            bi = RotateLeft(aki ^ ti, 43);
            bo = RotateLeft(amo ^ to, 21);
            bu = RotateLeft(asu ^ tu, 14);
            eba = ba ^ (~be & bi) ^ constants[round];
            ebe = be ^ (~bi & bo);
            ebi = bi ^ (~bo & bu);
            ebo = bo ^ (~bu & ba);
            ebu = bu ^ (~ba & be);

            ba = RotateLeft(abo ^ to, 28);
            be = RotateLeft(agu ^ tu, 20);
            bi = RotateLeft(aka ^ ta, 3);
            bo = RotateLeft(ame ^ te, 45);
            bu = RotateLeft(asi ^ ti, 61);
            ega = ba ^ (~be & bi);
            ege = be ^ (~bi & bo);
            egi = bi ^ (~bo & bu);
            ego = bo ^ (~bu & ba);
            egu = bu ^ (~ba & be);

            ba = RotateLeft(abe ^ te, 1);
            be = RotateLeft(agi ^ ti, 6);
            bi = RotateLeft(ako ^ to, 25);
            bo = RotateLeft(amu ^ tu, 8);
            bu = RotateLeft(asa ^ ta, 18);
            eka = ba ^ (~be & bi);
            eke = be ^ (~bi & bo);
            eki = bi ^ (~bo & bu);
            eko = bo ^ (~bu & ba);
            eku = bu ^ (~ba & be);

            ba = RotateLeft(abu ^ tu, 27);
            be = RotateLeft(aga ^ ta, 36);
            bi = RotateLeft(ake ^ te, 10);
            bo = RotateLeft(ami ^ ti, 15);
            bu = RotateLeft(aso ^ to, 56);
            ema = ba ^ (~be & bi);
            eme = be ^ (~bi & bo);
            emi = bi ^ (~bo & bu);
            emo = bo ^ (~bu & ba);
            emu = bu ^ (~ba & be);

            ba = RotateLeft(abi ^ ti, 62);
            be = RotateLeft(ago ^ to, 55);
            bi = RotateLeft(aku ^ tu, 39);
            bo = RotateLeft(ama ^ ta, 41);
            bu = RotateLeft(ase ^ te, 2);
            esa = ba ^ (~be & bi);
            ese = be ^ (~bi & bo);
            esi = bi ^ (~bo & bu);
            eso = bo ^ (~bu & ba);
            esu = bu ^ (~ba & be);

            ca = eba ^ ega ^ eka ^ ema ^ esa;
            ce = ebe ^ ege ^ eke ^ eme ^ ese;
            ci = ebi ^ egi ^ eki ^ emi ^ esi;
            co = ebo ^ ego ^ eko ^ emo ^ eso;
            cu = ebu ^ egu ^ eku ^ emu ^ esu;
            ta = cu ^ RotateLeft(ce, 1);
            te = ca ^ RotateLeft(ci, 1);
            ti = ce ^ RotateLeft(co, 1);
            to = ci ^ RotateLeft(cu, 1);
            tu = co ^ RotateLeft(ca, 1);

            ba = eba ^ ta;
            be = RotateLeft(ege ^ te, 44);
            bi = RotateLeft(eki ^ ti, 43);
            bo = RotateLeft(emo ^ to, 21);
            bu = RotateLeft(esu ^ tu, 14);
            aba = ba ^ (~be & bi) ^ constants[round + 1];
            abe = be ^ (~bi & bo);
            abi = bi ^ (~bo & bu);
            abo = bo ^ (~bu & ba);
            abu = bu ^ (~ba & be);

            ba = RotateLeft(ebo ^ to, 28);
            be = RotateLeft(egu ^ tu, 20);
            bi = RotateLeft(eka ^ ta, 3);
            bo = RotateLeft(eme ^ te, 45);
            bu = RotateLeft(esi ^ ti, 61);
            aga = ba ^ (~be & bi);
            age = be ^ (~bi & bo);
            agi = bi ^ (~bo & bu);
            ago = bo ^ (~bu & ba);
            agu = bu ^ (~ba & be);

            ba = RotateLeft(ebe ^ te, 1);
            be = RotateLeft(egi ^ ti, 6);
            bi = RotateLeft(eko ^ to, 25);
            bo = RotateLeft(emu ^ tu, 8);
            bu = RotateLeft(esa ^ ta, 18);
            aka = ba ^ (~be & bi);
            ake = be ^ (~bi & bo);
            aki = bi ^ (~bo & bu);
            ako = bo ^ (~bu & ba);
            aku = bu ^ (~ba & be);

            ba = RotateLeft(ebu ^ tu, 27);
            be = RotateLeft(ega ^ ta, 36);
            bi = RotateLeft(eke ^ te, 10);
            bo = RotateLeft(emi ^ ti, 15);
            bu = RotateLeft(eso ^ to, 56);
            ama = ba ^ (~be & bi);
            ame = be ^ (~bi & bo);
            ami = bi ^ (~bo & bu);
            amo = bo ^ (~bu & ba);
            amu = bu ^ (~ba & be);

            ba = RotateLeft(ebi ^ ti, 62);
            be = RotateLeft(ego ^ to, 55);
            bi = RotateLeft(eku ^ tu, 39);
            bo = RotateLeft(ema ^ ta, 41);
            bu = RotateLeft(ese ^ te, 2);
            asa = ba ^ (~be & bi);
            ase = be ^ (~bi & bo);
            asi = bi ^ (~bo & bu);
            aso = bo ^ (~bu & ba);
            asu = bu ^ (~ba & be);
        }

        state[0] = aba; state[1] = abe; state[2] = abi; state[3] = abo; state[4] = abu;
        state[5] = aga; state[6] = age; state[7] = agi; state[8] = ago; state[9] = agu;
        state[10] = aka; state[11] = ake; state[12] = aki; state[13] = ako; state[14] = aku;
        state[15] = ama; state[16] = ame; state[17] = ami; state[18] = amo; state[19] = amu;
        state[20] = asa; state[21] = ase; state[22] = asi; state[23] = aso; state[24] = asu;
    }
}

"""Letters of other alphabets that look like a Latin one (a selection of UTS 39, confusables.txt)."""

_LATIN_AND_ALIKE = """
a аαɑаАΑᎪꓮ𐊠⍺ạ
b ЬьВΒᏴꓐƄ
c сСϲϹᏟꓚⲤⅽ
d ԁᎠꓓⅾժ
e еЕҽεΕᎬꓰеєЄ℮
f ҒꓝϝẝՖ
g ɡցᏀꓖԌǵ
h һНΗհᎻꓧҺ
i іІΙιᎥꓲӏїЇɩⅰı¡
j јЈϳᎫꓙյ
k кКΚκᏦꓗⲔᴋ
l ӀⅼᏞꓡ|ןߊ∣
m мМΜᎷꓟⅿ
n пΝηոᏁꓠ
o оОΟοσօՕסꓳ०੦௦๐໐〇
p рРΡρᏢꓑⲢք
q ԛԚգզ
r гᎡꓣг
s ѕЅՏᏚꓢ
t тТΤτᎢꓔ
u υսՍꓴцμ
v νѵѴᏙꓦⅴ
w ԝԜᎳꓪωшա
x хХΧχꓫⅹ×
y уУΥγүҮꓬʏ
z ΖᏃꓜᴢ
"""
LOOKALIKES = {
    character: row[0]
    for row in _LATIN_AND_ALIKE.strip().splitlines()
    for character in row[2:]
    if character not in "|×¡∣" and not character.isascii()
}

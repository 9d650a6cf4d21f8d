"""The passphrase of a report without an account: five plain Indonesian words, out of 512, that can be read out and copied.

Five words are 45 bits: nobody guesses them through a page that counts the attempts, and only a slow hash is kept.
"""

import re
import secrets
from typing import Final

LENGTH: Final = 5

WORDS: Final = tuple(
    """
    abadi abang agung air ajaib akar alam alas amal aman ampas anak anggur angin angka angsa antar apel api arah
    arus asah asam asin atap ayah ayun badak badan bahan bahu bajak baju bakau bakul balai balok bambu bandar bangau
    bangku bantal barat baris baru basah batang batas batik batu bawah bayam bayang bebas bebek beduk bekal belalang
    benang bendera bening berani beras berita bersih beruang besar besi betis biasa bibir bibit biji bilik binar
    bintang biola biru bisik bola buah bubur budi bujur buku bulan bulat bulu bumi bunga bunyi buruh burung butir
    cabang cahaya cakap camar candi cangkir cantik capung catur cawan celah cendana cepat cerah cerdas cermin ceruk
    cinta cuaca cucu cukup curam daerah dagu dahan damai damar danau dapur darat dasi datar daun debur delima denah
    dengar depan derap deras dermaga desa dewan dinding dingin dipan domba duku dulang dunia durian ekor elang elok
    emas embun empuk enak encer esok fajar gading gagah gajah galah gambar gamelan ganda garam garis garpu gasing
    gelang gelas gema gembira gerak gerbang gigi gitar goa golok gula gulung gunung guru halus hangat harap hari
    harum hasil hati haus hebat helai hemat hijau hikmah hilir hitam hujan hulu humus ibu ikan ikat ilmu imbang
    indah ingat ingin irama istana jahe jalan jalur jambu jamur janji jarum jauh jelas jembatan jendela jeruk jingga
    jintan juara jujur jumpa kabar kabut kaca kail kain kakak kaki kaktus kalung kambing kampung kanan kancil kapas
    kapur karang karung kasur katak kawan kayu kebun kecil kelapa keliling kelinci kembang kemiri kenari kendi
    kenyang kepala keras keris kertas kijang kilat kincir kiri kisah kota kuat kuda kue kukuh kunci kuning kupu kura
    kursi ladang laju lampu lancar langit langkah lantai lari laut layang layar lebah lebar lega lemari lembah
    lembut lereng lesung lidah lilin lincah lintas logam lokan loyang luas lubuk lumbung lurus madu mahir main makan
    malam mangga manis masak mata matang mawar mega meja melati merah merak merdu merpati minum muara muda mudah
    muka mulia murah murid musim mutiara nada naga nama nanas nasi niaga nila nyala nyaman nyata nyiur obor ombak
    orang padang padi pagar pagi pahat paku paman panah panas pandai panen pantai papan parut pasar pasir patung
    payung pelan pelangi pena perahu perak permata pesan pesisir petang petir piala pijar pilar pinang pintar pintu
    pipa piring pisang pohon pondok puisi pulau puncak pusaka putri rajin rakit ramah rambut rapi rasa rata rawa
    rebung rempah rendah riang rimba ringan roda rotan ruang rukun rumput rusa sabar sabun sagu sahabat salak sambal
    sampan santai sarang sarung satria sawah sawo sayap sayur segar sehat sekolah selat selatan semangka semut
    senang sendok senja sepatu sepeda serai serasi siang sikat simpul sinar singgah siput sirih siul suara subuh
    suka suling sumur sungai surau susu sutra tabah taman tambak tambur tanah tangga tanjung tari teduh tegar tekad
    telaga teman tenang tepat tepi terang terbit terong terus tiang tikar timba timun timur tinggi tinta tirai titik
    topi tugu tulis tulus ubi ufuk ujung ulang ulin umbi umpan unta upaya urut usaha utara utuh wajan wajik waktu
    wangi warna warung wayang wortel zaitun
    """.split()  # noqa: SIM905  words are read better as words
)

_BETWEEN = re.compile(r"[\W_]+")


def new() -> str:
    """A passphrase, its words separated by spaces."""
    return " ".join(secrets.choice(WORDS) for _ in range(LENGTH))


def drawn_from(seed: bytes) -> str:
    """The passphrase that belongs to a secret of at least eight bytes; the same for the same secret."""
    number, words = int.from_bytes(seed[:8]), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(WORDS))
        words.append(WORDS[place])
    return " ".join(words)


def plain(typed: str) -> str:
    """A passphrase as it is compared: small letters, one space between words, whatever stood there."""
    return _BETWEEN.sub(" ", typed.lower()).strip()

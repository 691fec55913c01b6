//! What holidays that move with Easter or the moon are called in English.

use super::is;
use crate::{
    holiday::{Rule as R, lunar::Hebrew as H},
    lexicon::Row,
};

/// Every name.
pub(super) const NAMES: &[Row] = &[
    // From Easter.
    (is("Easter Sunday", R::Easter(0)), "easter|easter sunday|easter day"),
    (is("Easter Monday", R::Easter(1)), "easter monday|easter mon"),
    (is("Good Friday", R::Easter(-2)), "good friday|holy friday|great friday"),
    (is("Holy Saturday", R::Easter(-1)), "holy saturday|black saturday|easter eve|easter saturday"),
    (
        is("Maundy Thursday", R::Easter(-3)),
        "maundy thursday|holy thursday|thursday of mysteries|thu of mysteries|covenant thursday|sheer thursday|great thursday",
    ),
    (is("Palm Sunday", R::Easter(-7)), "palm sunday|branch sunday|passion sunday"),
    (is("Ash Wednesday", R::Easter(-46)), "ash wednesday|carnival end"),
    (
        is("Shrove Tuesday", R::Easter(-47)),
        "shrove tuesday|pancake day|pancake tuesday|mardi gras|fat tuesday|shrovetide tuesday",
    ),
    (is("Shrove Monday", R::Easter(-48)), "shrove monday|rosenmontag|rose monday"),
    (is("Carnival", R::Days(&R::Easter(-48), 2)), "carnival|shrovetide"),
    (is("Lent", R::Days(&R::Easter(-46), 46)), "lent"),
    (
        is("Ascension Day", R::Easter(39)),
        "ascension|ascension day|ascension thursday|holy thursday of ascension",
    ),
    (
        is("Pentecost", R::Easter(49)),
        "pentecost|whit sunday|whitsunday|pentecost sunday|white sunday|whitsun",
    ),
    (is("Whit Monday", R::Easter(50)), "whit monday|pentecost monday|monday of the holy spirit"),
    (is("Trinity Sunday", R::Easter(56)), "trinity sunday"),
    (
        is("Corpus Christi", R::Easter(60)),
        "corpus christi|feast of corpus christi|the feast of corpus christi",
    ),
    (
        is("Orthodox Easter Sunday", R::Orthodox(0)),
        "orthodox easter|orthodox easter sunday|pascha|orthodox easter day",
    ),
    (is("Orthodox Easter Monday", R::Orthodox(1)), "orthodox easter monday|orthodox easter mon"),
    (
        is("Orthodox Good Friday", R::Orthodox(-2)),
        "orthodox good friday|orthodox great friday|orthodox holy friday",
    ),
    (
        is("Orthodox Holy Saturday", R::Orthodox(-1)),
        "orthodox holy saturday|orthodox great saturday|great saturday",
    ),
    (is("Orthodox Palm Sunday", R::Orthodox(-7)), "orthodox palm sunday|orthodox branch sunday"),
    (is("Lazarus Saturday", R::Orthodox(-8)), "lazarus saturday"),
    (
        is("Clean Monday", R::Orthodox(-48)),
        "clean monday|orthodox shrove monday|orthodox clean monday|orthodox ash monday|ash monday|green monday",
    ),
    (is("Great Lent", R::Days(&R::Orthodox(-48), 40)), "great lent|great fast|orthodox lent"),
    // Of the moon.
    (
        is("Chinese New Year", R::ChineseNewYear(0)),
        "chinese new year|chinese new year's day|chinese lunar new year|chinese lunar new year's day|lunar new year|lunar new year's day|chinese new years|spring festival|chinese new year day",
    ),
    (
        is("Eid al-Fitr", R::Hijri(10, 1, 0)),
        "eid al-fitr|eid al fitr|eid ul-fitr|eid ul fitr|id al-fitr|id ul-fitr|eid-al-fitr|feast of breaking the fast",
    ),
    (
        is("Eid al-Adha", R::Hijri(12, 10, 0)),
        "eid al-adha|eid al adha|eid ul-adha|eid ul adha|id al-adha|id ul-adha|bakr id|bakr eid|bakrid|bakra eid|sacrifice feast|feast of the sacrifice|festival of sacrifice|eid-al-adha|feast of sacrifice",
    ),
    (is("Ramadan", R::RamadanMonth), "ramadan|ramadhan|ramzan"),
    (
        is("Laylat al-Qadr", R::Hijri(9, 27, 0)),
        "laylat al-qadr|laylat al qadr|laylat al kadr|laylat al-kadr|night of power|night of destiny|shab-e-qadr",
    ),
    (
        is("Islamic New Year", R::Hijri(1, 1, 0)),
        "islamic new year|hijri new year|arabic new year|muharram",
    ),
    (is("Ashura", R::Hijri(1, 10, 0)), "ashura|day of ashura|yom ashura|ashoura"),
    (
        is("Mawlid", R::Hijri(3, 12, 0)),
        "mawlid|mawlid al-nabi|mawlid al nabi|prophet's birthday|the prophet's birthday|milad un-nabi|eid milad-un-nabi",
    ),
    (
        is("Isra and Mi'raj", R::Hijri(7, 27, 0)),
        "isra and mi'raj|isra and miraj|isra mi'raj|the prophet's ascension|prophet's ascension|the night journey|night journey|ascension to heaven|the ascension to heaven|shab-e-meraj",
    ),
    (
        is("Jumu'atul-Wida", R::LastFridayOfRamadan),
        "jumu'atul-wida|jumu'atul wida|jumat-ul-wida|jamat ul-vida|jamat ul-wida|jumat ul-vida|jumatul wida|jamat-ul-vida",
    ),
    (
        is("Rosh Hashanah", R::Days(&R::Hebrew(H::NewYear, -1), 3)),
        "rosh hashanah|rosh hashana|rosh ha-shanah|rosh hashanna|yom teruah",
    ),
    (
        is("Sukkot", R::Days(&R::Hebrew(H::NewYear, 13), 9)),
        "sukkot|sukkos|succot|succos|feast of tabernacles|feast of booths|feast of the ingathering",
    ),
    (is("Shemini Atzeret", R::Hebrew(H::NewYear, 20)), "shemini atzeret|shmini atzeret"),
    (is("Simchat Torah", R::Hebrew(H::NewYear, 21)), "simchat torah|simhat torah"),
    (
        is("Hanukkah", R::Days(&R::Hebrew(H::Hanukkah, -1), 8)),
        "hanukkah|hanukah|hannukkah|hannukah|chanukah|chanukkah|hanuka|chanuka|hanukka",
    ),
    (is("Tu BiShvat", R::Hebrew(H::Trees, -1)), "tu bishvat|tu bi'shvat"),
    (is("Purim", R::Hebrew(H::Nisan, -17)), "purim"),
    (is("Shushan Purim", R::Hebrew(H::Nisan, -16)), "shushan purim"),
    (is("Passover", R::Days(&R::Hebrew(H::Nisan, 13), 9)), "passover|pesach|pesah"),
    (
        is("Yom HaShoah", R::Hebrew(H::Shoah, -1)),
        "yom hashoah|yom ha-shoah|holocaust day|holocaust remembrance day|yom hashoa",
    ),
    (
        is("Yom Ha'atzmaut", R::Hebrew(H::Independence, -1)),
        "yom haatzmaut|yom ha'atzmaut|yom ha-atzmaut",
    ),
    (
        is("Lag BaOmer", R::Hebrew(H::Nisan, 46)),
        "lag baomer|lag b'omer|lag ba'omer|lag ba omer|lag b omer",
    ),
    (
        is("Shavuot", R::Days(&R::Hebrew(H::Nisan, 63), 3)),
        "shavuot|shavuos|shavuoth|feast of weeks",
    ),
    (is("Tisha B'Av", R::TishaBAv), "tisha b'av|tisha bav|tish'a b'av"),
    (
        is("Rabindra Jayanti", R::ByCountry(&R::Fixed(5, 9), &[])),
        "rabindra jayanti|rabindranath jayanti|rabindra nath jayanti|tagore jayanti",
    ),
    (
        is("Diwali", R::Hindu(7, 30, 18, 0)),
        "diwali|deepavali|deepawali|divali|lakshmi puja|laxmi puja|festival of lights",
    ),
    (is("Dhanteras", R::Hindu(7, 28, 18, 0)), "dhanteras|dhanatrayodashi|dhantrayodashi"),
    (
        is("Naraka Chaturdashi", R::Hindu(7, 29, 18, 0)),
        "naraka chaturdashi|naraka nivaran chaturdashi|kali chaudas|roop chaudas|choti diwali|chhoti diwali|chhoti deepavali",
    ),
    (
        is("Govardhan Puja", R::Hindu(7, 30, 18, 1)),
        "govardhan puja|govardhan pooja|annakut|bali pratipada",
    ),
    (
        is("Bhai Dooj", R::Hindu(8, 2, 12, 0)),
        "bhai dooj|bhai duj|bhau-beej|bhai beej|bhaiya dooj|yama dwitiya",
    ),
    (
        is("Chhath", R::Hindu(8, 6, 18, 0)),
        "chhath|chhath puja|chhath parv|chhath parva|dala chhath|dala puja|surya shashthi|chhath pooja",
    ),
    (
        is("Vijayadashami", R::Hindu(7, 10, 16, 0)),
        "vijayadashami|dussehra|dasara|dussehera|dasha hara|vijaya dashami|dashain|dusshera",
    ),
    (
        is("Navaratri", R::Days(&R::Hindu(7, 1, 7, 0), 9)),
        "navaratri|navratri|sharad navratri|durga puja|durga pooja|navarathri",
    ),
    (is("Karva Chauth", R::Hindu(7, 19, 20, 0)), "karva chauth|karwa chauth|karaka chaturthi"),
    (
        is("Holi", R::Hindu(12, 15, 18, 1)),
        "holi|dhulandi|dhuleti|rangwali holi|phagwah|dhulendi|holi festival|festival of colours|festival of colors",
    ),
    (
        is("Holika Dahan", R::Hindu(12, 15, 18, 0)),
        "holika dahan|chhoti holi|choti holi|kamudu pyre",
    ),
    (
        is("Krishna Janmashtami", R::Hindu(5, 23, 24, 0)),
        "krishna janmashtami|janmashtami|gokulashtami|krishnashtami|sri krishna jayanti|shri krishna jayanti|krishna jayanti",
    ),
    (
        is("Ganesh Chaturthi", R::Hindu(6, 4, 12, 0)),
        "ganesh chaturthi|ganesha chaturthi|vinayaka chaturthi|vinayak chaturthi",
    ),
    (is("Rama Navami", R::Hindu(1, 9, 12, 0)), "rama navami|ram navami|ramnavami"),
    (
        is("Ugadi", R::Hindu(1, 1, 6, 0)),
        "ugadi|yugadi|samvatsaradi|chaitra sukladi|chaitra sukhladi|gudi padwa|chaitra shukladi",
    ),
    (
        is("Mahavir Jayanti", R::Hindu(1, 13, 6, 0)),
        "mahavir jayanti|mahaveer jayanti|mahavir janma kalyanak|mahaveer janma kalyanak",
    ),
    (is("Hanuman Jayanti", R::Hindu(1, 15, 6, 0)), "hanuman jayanti|hanumath jayanthi"),
    (
        is("Vesak", R::Hindu(2, 15, 18, 0)),
        "vesak|wesak|vaisakha|buddha day|buddha purnima|buddha's birthday|buddha jayanti|vesak day",
    ),
    (is("Guru Purnima", R::Hindu(4, 15, 6, 0)), "guru purnima|guru poornima"),
    (
        is("Rath Yatra", R::Hindu(4, 2, 6, 0)),
        "rath yatra|ratha yatra|jagannath rath yatra|rathayatra|ratha-yatra|rath-yatra",
    ),
    (
        is("Raksha Bandhan", R::Hindu(5, 15, 6, 0)),
        "raksha bandhan|rakhi|rakshabandhan|rakhi purnima",
    ),
    (
        is("Maha Shivaratri", R::Hindu(11, 29, 24, 0)),
        "maha shivaratri|mahashivaratri|shivaratri|maha shivratri|shivratri",
    ),
    (
        is("Vasant Panchami", R::Hindu(11, 5, 6, 0)),
        "vasant panchami|basant panchami|saraswati puja|saraswati pooja|vasanta panchami",
    ),
    (
        is("Dayananda Saraswati Jayanti", R::Hindu(11, 25, 6, 0)),
        "dayananda saraswati jayanti|dayanand saraswati jayanti|saraswati jayanti|maharishi dayanand saraswati jayanti|swami dayananda saraswati jayanti",
    ),
    (
        is("Guru Ravidass Jayanti", R::Hindu(11, 15, 6, 0)),
        "guru ravidass jayanti|guru ravidas jayanti|ravidas jayanti|ravidass jayanti|guru ravidas birthday|guru ravidass birthday",
    ),
    (
        is("Pargat Diwas", R::Hindu(7, 15, 6, 0)),
        "pargat diwas|maharishi valmiki jayanti|valmiki jayanti",
    ),
    (
        is("Guru Gobind Singh Jayanti", R::Hindu(10, 7, 6, 0)),
        "guru gobind singh jayanti|guru govind singh jayanti|guru gobind singh birthday|guru govind singh birthday|guru gobind singh's birthday",
    ),
    (
        is("Guru Nanak Jayanti", R::Hindu(8, 15, 6, 0)),
        "guru nanak jayanti|guru nanak gurpurab|guru nanak birthday",
    ),
    (
        is("Thai Pongal", R::SunEnters(9, 0)),
        "thai pongal|pongal|pongal day|maghi|makar sankranti|makara sankranti|makara sankranthi|uttarayan|lohri festival",
    ),
    (is("Boghi", R::SunEnters(9, -1)), "boghi|bhogi|bogi|lohri"),
    (is("Mattu Pongal", R::SunEnters(9, 1)), "mattu pongal"),
    (is("Kaanum Pongal", R::SunEnters(9, 2)), "kaanum pongal|kanni pongal|kanum pongal"),
    (
        is("Vaisakhi", R::SunEnters(0, 0)),
        "vaisakhi|vaishakhi|vasakhi|baisakhi|mesadi|puthandu|tamil new year|vishu",
    ),
    (is("Thiru Onam", R::Onam(0)), "onam|thiru onam|thiruvonam"),
    (
        is("Parsi New Year", R::ParsiNewYear),
        "parsi new year|jamshedi navroz|jamshedi navroj|shahenshahi navroz",
    ),
    (is("Nowruz", R::Fixed(3, 21)), "nowruz|navruz|norooz|persian new year"),
];

/** Passwords that anybody would try first, of ten characters or more, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  (
    'password passw0rd password1 password12 password123 password1234 password12345 passwordpassword letmeinplease ' +
    'letmein123 welcome123 welcome1234 welcome12345 qwertyuiop qwerty12345 qwerty123456 qwertyuiop123 1qaz2wsx3edc ' +
    '1q2w3e4r5t 1q2w3e4r5t6y 1234567890 12345678910 0123456789 0987654321 123456789a a123456789 123456789q ' +
    '1234567891 9876543210 1122334455 1029384756 administrator admin12345 admin123456 adminadmin adminadmin1 ' +
    'changeme123 changemenow changeme1234 changeit123 iloveyou123 iloveyou12 iloveyou1234 sunshine123 princess123 ' +
    'football123 baseball123 superman123 batman12345 dragon12345 monkey12345 master12345 michael123 jennifer12 ' +
    'charlie123 abcdefghij abcdefghijk abcd1234567 abc123456789 asdfghjkl1 asdfghjkl123 asdfghjkl; zxcvbnm123 ' +
    'zxcvbnm1234 zaq12wsxcde qazwsxedcrfv qazwsxedc123 computer123 internet123 support123 support1234 supportcenter ' +
    'helpdesk123 helpdesk1234 helpdesk12 testtest123 testing1234 test1234567 test123456 secret12345 secretsecret ' +
    'trustno1trustno1 whatever123 starwars123 pokemon1234 summer2023 summer2024 summer2025 summer2026 winter2023 ' +
    'winter2024 winter2025 winter2026 spring2024 spring2025 spring2026 autumn2024 autumn2025 autumn2026 ' +
    'january2026 correcthorse correcthorsebatterystaple mypassword1 mypassword123 thepassword p@ssw0rd123 p@ssword123 passw0rd123 ' +
    'pa55word123 root123456 rootroot12 toor123456 default123 guest12345 company123 company1234 hello12345 ' +
    'hellohello helloworld helloworld1 helloworld123 qwerasdfzxcv qweasdzxc123 poiuytrewq mnbvcxz123 lkjhgfdsa1 ' +
    'liverpool1 chelsea123 arsenal123 manchester barcelona1 realmadrid jordan2323 michelle12 jessica123 ' +
    'ashley1234 daniel1234 andrew1234 joshua1234 matthew123 freedom123 shadow1234 hunter2hunter2 google1234 ' +
    'facebook123 linkedin123 microsoft1 windows123 samsung123 iphone1234 password!1 password! password2024 ' +
    'password2025 password2026'
  ).split(' '),
);

import type { RoleWords } from "./role.ts";

export const SPANISH: RoleWords = {
  asks: "suscríbete suscríbase suscrib* clic pincha pulsa regístrate registr* comparte compartir compártelo reenvía reenv* descarga descárgate descargar instala síguenos síganos sigue seguir dona donar dale apúntate activa guarda imprime comenta hazte inicia únete reproduce puntúa valora recomienda pásalo",
  mayAsk:
    "leer lee lea leyendo leído lees continuar continúa ver mira vea escucha escuchar descubre visita abre entra accede consulta déjanos deja dejar escribe escríbenos envía manda cuenta cuéntalo cuéntanos di dinos avisa avísanos corre haz hacer ayuda ayúdanos apoya apóyanos colabora contribuye invita invítanos aprovecha recibe recibir elige cambia gestiona añade acepta aceptar permite opina opinas participa debate vota prueba compra compras pide consigue quédate pierdas perderte termina ven pásate saluda date quieres prefieres gusta gustado tienes puedes sabes conoces encuentra encuéntranos acompáñanos mostrar ocultar pregunta responde gracias ganas necesita necesitamos leen comentando comentan existiría crear conoce enviar díselo dilo oír pides pides sale quedan háznoslo vivimos",
  channel:
    "newsletter newsletters boletín boletines correo correos e-mail email mail app aplicación notificación notificaciones alerta alertas canal canales whatsapp telegram facebook instagram tiktok youtube twitter mastodon bluesky threads linkedin reddit discord spotify feed rss redes sociales tuit tuits mensaje mensajes",
  device:
    "enlace enlaces botón cuenta web sitio navegador móvil teléfono celular dirección lista ajustes perfil pestaña store play google apple android ios carta bandeja",
  piece:
    "artículo artículos texto textos nota notas noticia noticias reportaje reportajes historia entrada entrevista episodio episodios podcast pódcast vídeo vídeos video videos contenido contenidos edición número página columna crónica audio serie resto completo completa íntegro íntegra descripción versión programa resumen tema tuit mapa tabla análisis extracto números entrevistas",
  house:
    "redacción equipo revista periódico diario medio blog web sitio editorial periodismo periodistas archivo independiente* portal estudio sección",
  readers:
    "comentario comentarios comentar respuesta respuestas conversación debate foro lector lectores lectora lectoras suscriptor suscriptores suscriptora socio socia socios socias miembro miembros oyentes amigo amigos amiga opinión opiniones pregunta preguntas puntos votos visitas participantes comunidad estrellas reacciones voz",
  money:
    "gratis gratuito gratuita prueba mes suscripción suscripciones plan oferta donación donaciones aportación código descuento precio precios euro euros café comisión parte permanencia pago premium regalo anual mensual tarifa cuesta ganar exclusivo porcentaje ventas venta productos cuota financiación financia apoyo llevamos dólares pesos ganamos gana",
  rules:
    "derechos reservados reproducción reproducido reproducida republicado permiso autorización consentimiento licencia copyright aviso legal privacidad cookies cookie condiciones política error errores errata erratas corrección correcciones rectificación ética prohibida prohibido escrito afiliado afiliados marcados asterisco copiar copia permitido",
  cookies: "cookies cookie rastreadores consentimiento javascript",
  maker:
    "foto fotos fotografía* crédito créditos imagen imágenes ilustración* infografía cortesía redactor redactora corresponsal periodista autor autora reportero reportera realización producción montaje música traducción edición texto textos colaboración efe afp reuters getty archivo enviado especial guion mezcla cubre escribe dirige firma enviada escrito redactado dibujo dibujos",
  origin:
    "publicado publicada publicó originalmente apareció salió primero antes anterior versión inicialmente reproducido original vez",
  more: "más también además relacionad* recomendad* populares leído leídas leídos visto últimas últimos reciente* destacad* pierdas saber interesar otros otras siguiente anterior tendencias contexto tema similares archivo",
  machine:
    "ia inteligencia artificial generada generado generados automátic* automáticamente máquina sintética voz resumen audio escuchar robot claves elaborado puntos escucha",
  state:
    "indisponible cerrado cerrados cerrada desactivad* bloquead* cargando cargar eliminado vacío caducado moderado admiten hay",
  ad: "publicidad anuncio anuncios patrocinad* patrocinador patrocinadores publirreportaje promocionado promoción socio sigue continúa",
  length: "min minuto minutos lectura tiempo palabras unos aproximadamente duración",
  us: "nosotros nosotras nos nuestro nuestra nuestros nuestras estamos somos invítanos hacemos cuéntanos síguenos déjanos dinos escríbenos avísanos apóyanos acompáñanos encuéntranos síganos ayúdanos envíanos",
  you: "tú tu tus te ti usted ustedes su sus vosotros vuestro",
  this: "este esta estos estas esto aquí abajo arriba",
  not: "no sin nada nunca ningún ninguna ni",
  time: "día días semana semanas mes mañana mañanas tarde noche hoy ahora pronto ya lunes martes miércoles jueves viernes sábado domingo cada hora horas diario semanal actualizado enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre viene",
  be: "es son está están hay",
  was: "fue fueron era eran había ha han sido",
  tells:
    "él ella ellos ellas le les dijo dice afirmó aseguró habían tuvo hizo pudo quería vino tomó vio vivía vive murió nació policía tribunal ministro hombre mujer hombres porque mientras durante donde cuando según entonces luego habrías quien",
  small:
    "el la los las lo un una unos unas y o pero a al de del en por para con vía entre se es son está ha han ser si que qué cómo quién todo todos toda todas hola muy bien pequeño pequeña pequeños nuevo nueva nuevos directo directamente mejor solo sólo así eso hacemos debes otros otro otra mismo tu disponible disponibles desde dos tres cuatro cinco seis siete ocho nueve diez once doce cien mil persona personas debe deben puede pueden sola alrededor junto juntos útil interesante especial extra adicional hecho hechas venir viene va ir cosa cosas largo corto pronto tarde seguro mucho menos varios propio alta tras después continúa algo cuadra servido servir próxima próximo me mi mis hasta siempre",
};
